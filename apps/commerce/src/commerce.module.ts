import { Module } from '@nestjs/common';
import { CacheModule } from '#libs/cache';
import { rebuildRelatedProductsJob } from '#libs/catalog';
import { DatabaseModule } from '#libs/database';
import { CoherentHttpModule, HttpModule } from '#libs/http';
import { JobsModule } from '#libs/jobs';
import { ObservabilityModule } from '#libs/observability';
import { RedisModule } from '#libs/redis';
import { CatalogApiModule } from './catalog/catalog-api.module.js';

const platform = [
  ObservabilityModule,
  RedisModule,
  DatabaseModule.forRoot(),
  CacheModule,
  JobsModule.forRoot({ contracts: [rebuildRelatedProductsJob] }),
  HttpModule,
  CoherentHttpModule,
];

/** What a commerce replica is made of: the storefront. It enqueues jobs and runs none. */
@Module({ imports: [...platform, CatalogApiModule] })
export class CommerceModule {}
