import { Module } from '@nestjs/common';
import { CdnAuthoringModule } from '#authoring/cdn';
import { FleetAuthoringModule } from '#authoring/fleet';
import { JobsAuthoringModule } from '#authoring/jobs';
import { releaseHoldsSchedule } from '#authoring/inventory';
import {
  awaitingOrdersSchedule,
  ratePopularitySchedule,
  unpaidOrdersSchedule,
} from '#authoring/orders';
import { PushAuthoringModule } from '#authoring/push';
import { CacheModule } from '#libs/cache';
import { DatabaseModule } from '#libs/database';
import { FleetModule, refreshCacheJob } from '#libs/fleet';
import { CoherentHttpModule, HttpModule, SiteHealthModule } from '#libs/http';
import { IdentityModule } from '#authoring/identity';
import { JobsModule } from '#libs/jobs';
import { ObservabilityModule } from '#libs/observability';
import { PushModule } from '#libs/push';
import { RedisModule } from '#libs/redis';
import * as areas from './areas.js';
import { refreshCacheSchedule } from './cache/refresh-cache.schedule.js';
import { composition, permissions } from './composition.js';

const platform = [
  ObservabilityModule,
  RedisModule,
  DatabaseModule.forRoot(),
  CacheModule,
  FleetModule,
  JobsModule.forRoot({ contracts: [...composition.jobs, refreshCacheJob] }),
  JobsAuthoringModule.forRoot({
    schedules: [
      refreshCacheSchedule,
      awaitingOrdersSchedule,
      unpaidOrdersSchedule,
      releaseHoldsSchedule,
      ratePopularitySchedule,
    ],
  }),
  FleetAuthoringModule,
  CdnAuthoringModule,
  PushModule,
  PushAuthoringModule,
  HttpModule,
  CoherentHttpModule,
  SiteHealthModule,
  IdentityModule.forRoot({ permissions }),
];

/** What an authoring replica is made of: the back office, and the workers that run jobs. */
@Module({ imports: [...platform, ...composition.modules, ...Object.values(areas)] })
export class AuthoringModule {}
