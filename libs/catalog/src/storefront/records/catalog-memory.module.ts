import {
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CatalogModule } from '../catalog.module.js';
import { ProductRecords } from './product-records.js';

/**
 * Has a replica hold the published products of every store, what they cost and whether they can be had, so that pages and
 * cards that nobody has asked for before are made without the database. What is not held yet, or does not fit into
 * `CACHE_RECORDS_MAX_BYTES`, is read as it is asked for.
 */
@Module({ imports: [CatalogModule] })
export class CatalogMemoryModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(private readonly products: ProductRecords) {}

  onApplicationBootstrap(): void {
    this.products.start();
  }

  beforeApplicationShutdown(): void {
    this.products.stop();
  }
}
