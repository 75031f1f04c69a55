import {
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HealthRegistry } from '#libs/observability';
import { CatalogModule } from '../catalog.module.js';
import { ProductRecords } from './product-records.js';

/**
 * Has a replica hold the published products of every store, what they cost and whether they can be had, so that pages and
 * cards that nobody has asked for before are made without the database. What is not held yet, or does not fit into
 * `CACHE_RECORDS_MAX_BYTES`, is read as it is asked for. It begins when nothing keeps the replica from traffic any more.
 */
@Module({ imports: [CatalogModule] })
export class CatalogMemoryModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor(
    private readonly products: ProductRecords,
    private readonly health: HealthRegistry,
  ) {}

  onApplicationBootstrap(): void {
    void this.startWhenReady();
  }

  beforeApplicationShutdown(): void {
    this.stopping.abort();
    this.products.stop();
  }

  /** Reading and packing every product would take the time of what the replica is not ready without. */
  private async startWhenReady(): Promise<void> {
    const { signal } = this.stopping;
    try {
      await this.health.allPassed(signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    this.products.start();
  }
}
