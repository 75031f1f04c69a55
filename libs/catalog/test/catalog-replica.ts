import type { Store } from '#libs/stores';
import { InventoryAuthoringModule } from '#authoring/inventory';
import { PricingAuthoringModule } from '#authoring/pricing';
import { StoreRepository, StoresAuthoringModule } from '#authoring/stores';
import { Module, type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CacheModule } from '#libs/cache';
import { ConfigModule, loadConfig } from '#libs/config';
import { DatabaseModule, UnitOfWork } from '#libs/database';
import { newId } from '#libs/kernel';
import { ObservabilityModule } from '#libs/observability';
import { RedisModule } from '#libs/redis';
import {
  PATIENT_READS,
  startRedis,
  type DatabaseFixture,
  type OpenDatabaseFixture,
  type RedisFixture,
} from '#libs/testing';
import { CatalogAuthoringModule } from '../src/authoring/catalog-authoring.module.js';
import { CatalogModule } from '../src/storefront/catalog.module.js';
import type { ProductDraft } from '../src/model/product-draft.js';
import { ProductWriter } from '../src/authoring/products/product.writer.js';
import { testStore } from '../../stores/test/test-store.js';

class CatalogReplicaModule {}

/** The catalog in a replica as it is composed in production, without HTTP: real database, cache and Redis. */
export class CatalogReplica {
  private constructor(
    private readonly database: DatabaseFixture,
    readonly redis: RedisFixture,
    readonly app: INestApplicationContext,
  ) {}

  /** `modules`: what is built on the catalog, and under test; `env`: further configuration. */
  static async start(
    open: OpenDatabaseFixture,
    modules: readonly Type[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<CatalogReplica> {
    const database = await open();
    const redis = await startRedis();
    const config = loadConfig(
      {
        DATABASE_URL: database.url,
        REDIS_URL: redis.url,
        CHANNEL_PREFIX: `test-${newId().slice(-12)}`,
        LOG_LEVEL: 'fatal',
        ...PATIENT_READS,
        ...env,
      },
      'authoring',
    );
    Module({
      imports: [
        ConfigModule.forConfig(config),
        ObservabilityModule,
        RedisModule,
        DatabaseModule.forRoot({ isMigrating: true }),
        CacheModule,
        StoresAuthoringModule,
        PricingAuthoringModule,
        InventoryAuthoringModule,
        CatalogModule,
        CatalogAuthoringModule,
        ...modules,
      ],
    })(CatalogReplicaModule);
    const app = await NestFactory.createApplicationContext(CatalogReplicaModule, {
      logger: false,
      abortOnError: false,
    });
    return new CatalogReplica(database, redis, app);
  }

  get unitOfWork(): UnitOfWork {
    return this.app.get(UnitOfWork);
  }

  async addStore(changes: Partial<Store> = {}): Promise<Store> {
    const store = testStore(changes);
    await this.unitOfWork.run((tx) => this.app.get(StoreRepository).insert(tx, store));
    return store;
  }

  saveMany(store: Store, drafts: readonly ProductDraft[]) {
    return this.unitOfWork.run((tx) => this.app.get(ProductWriter).saveMany(tx, store, drafts));
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.redis.stop();
    await this.database.remove();
  }
}
