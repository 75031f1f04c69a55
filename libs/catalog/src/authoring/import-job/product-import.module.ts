import { Module } from '@nestjs/common';
import { StoresModelModule } from '#libs/stores';
import { CatalogAuthoringModule } from '../catalog-authoring.module.js';
import { ImportArchive } from './import-archive.js';
import { ImportFilePruner } from './import-file.pruner.js';
import { ImportFileRepository } from './import-file.repository.js';
import { ImportProductsHandler } from './import-products.handler.js';
import { ImportStoreDependant } from './import-store-dependant.js';
import { ImportUploads } from './import-uploads.js';

/** Uploads of product files and the job that imports them. */
@Module({
  imports: [CatalogAuthoringModule, StoresModelModule],
  providers: [
    ImportFileRepository,
    ImportUploads,
    ImportArchive,
    ImportProductsHandler,
    ImportFilePruner,
    ImportStoreDependant,
  ],
  exports: [ImportUploads, ImportArchive],
})
export class ProductImportModule {}
