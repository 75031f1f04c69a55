import { Module } from '@nestjs/common';
import { CacheModule } from '#libs/cache';
import { DatabaseModule } from '#libs/database';
import { FleetModule, refreshCacheJob } from '#libs/fleet';
import { CoherentHttpModule, HttpModule, SiteHealthModule } from '#libs/http';
import { JobsModule } from '#libs/jobs';
import { LimitsModule } from '#libs/limits';
import { ObservabilityModule } from '#libs/observability';
import { RedisModule } from '#libs/redis';
import { composeSlices } from '#libs/slice';
import * as areas from './areas.js';
import { limitOf } from './limit-of.js';
import * as slices from './slices.js';

/** What the slices bring to the storefront. */
export const composition = composeSlices(Object.values(slices));

const platform = [
  ObservabilityModule,
  RedisModule,
  DatabaseModule.forRoot(),
  CacheModule,
  FleetModule,
  JobsModule.forRoot({ contracts: [...composition.jobs, refreshCacheJob] }),
  LimitsModule.forRoutes(limitOf),
  HttpModule,
  CoherentHttpModule,
  SiteHealthModule,
];

/** What a commerce replica is made of: the storefront. It enqueues jobs and runs none. */
@Module({ imports: [...platform, ...composition.modules, ...Object.values(areas)] })
export class CommerceModule {}
