import { Module } from '@nestjs/common';
import { JobsAuthoringModule } from '#authoring/jobs';
import { CacheModule } from '#libs/cache';
import { DatabaseModule } from '#libs/database';
import { CoherentHttpModule, HttpModule } from '#libs/http';
import { IdentityModule } from '#libs/identity';
import { JobsModule } from '#libs/jobs';
import { ObservabilityModule } from '#libs/observability';
import { RedisModule } from '#libs/redis';
import { CacheApiModule } from './cache/cache-api.module.js';
import { FleetApiModule } from './fleet/fleet-api.module.js';
import { IdentityApiModule } from './identity/identity-api.module.js';

/** What an authoring replica is made of: the back office, and the workers that run jobs. */
@Module({
  imports: [
    ObservabilityModule,
    RedisModule,
    DatabaseModule.forRoot(),
    CacheModule,
    JobsModule.forRoot({ contracts: [] }),
    JobsAuthoringModule.forRoot(),
    HttpModule,
    CoherentHttpModule,
    IdentityModule,
    CacheApiModule,
    FleetApiModule,
    IdentityApiModule,
  ],
})
export class AuthoringModule {}
