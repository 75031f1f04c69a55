import { Module } from '@nestjs/common';
import { importProductsJob } from '#authoring/catalog';
import { JobsAuthoringModule } from '#authoring/jobs';
import { PushAuthoringModule } from '#authoring/push';
import { CacheModule } from '#libs/cache';
import { rebuildRelatedProductsJob } from '#libs/catalog';
import { DatabaseModule } from '#libs/database';
import { CoherentHttpModule, HttpModule } from '#libs/http';
import { IdentityModule } from '#authoring/identity';
import { JobsModule } from '#libs/jobs';
import { ObservabilityModule } from '#libs/observability';
import { PushModule } from '#libs/push';
import { RedisModule } from '#libs/redis';
import { CacheApiModule } from './cache/cache-api.module.js';
import { refreshCacheSchedule } from './cache/refresh-cache.schedule.js';
import { CatalogApiModule } from './catalog/catalog-api.module.js';
import { FleetApiModule } from './fleet/fleet-api.module.js';
import { IdentityApiModule } from './identity/identity-api.module.js';
import { ImportsApiModule } from './imports/imports-api.module.js';
import { JobsApiModule } from './jobs/jobs-api.module.js';
import { NotificationsApiModule } from './notifications/notifications-api.module.js';

const platform = [
  ObservabilityModule,
  RedisModule,
  DatabaseModule.forRoot(),
  CacheModule,
  JobsModule.forRoot({ contracts: [importProductsJob, rebuildRelatedProductsJob] }),
  JobsAuthoringModule.forRoot({ schedules: [refreshCacheSchedule] }),
  PushModule,
  PushAuthoringModule,
  HttpModule,
  CoherentHttpModule,
  IdentityModule,
];

const areas = [
  CacheApiModule,
  CatalogApiModule,
  FleetApiModule,
  IdentityApiModule,
  ImportsApiModule,
  JobsApiModule,
  NotificationsApiModule,
];

/** What an authoring replica is made of: the back office, and the workers that run jobs. */
@Module({ imports: [...platform, ...areas] })
export class AuthoringModule {}
