import { Module } from '@nestjs/common';
import { ProductImportModule } from '#authoring/catalog';
import { ImportController } from './import.controller.js';

/** `/imports`. */
@Module({ imports: [ProductImportModule], controllers: [ImportController] })
export class ImportsApiModule {}
