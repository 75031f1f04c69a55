import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { CacheStatusHooks } from './coherence/cache-status.hooks.js';
import { HealthController } from './health/health.controller.js';
import { HttpServer } from './server/http-server.js';
import { LimitHooks } from './limits/limit-hooks.js';
import { KnownRequests } from './output/known-requests.js';
import { OutputBuilds } from './output/output-builds.js';
import { OutputFront } from './output/output-front.js';
import { OutputHooks } from './output/output-hooks.js';
import { ProblemFilter } from './errors/problem.filter.js';
import { RequestHooks } from './server/request-hooks.js';
import { RequestTracker } from './server/request-tracker.js';
import { RouteTable } from './routes/route-table.js';
import { SlowBodies } from './server/slow-bodies.js';
import { createValidationPipe } from './routes/validation.pipe.js';

/** What every route of a replica has in common. Needs `configureHttp` on the application as well. */
@Global()
@Module({
  controllers: [HealthController],
  providers: [
    RouteTable,
    RequestTracker,
    LimitHooks,
    RequestHooks,
    CacheStatusHooks,
    KnownRequests,
    OutputFront,
    OutputHooks,
    OutputBuilds,
    SlowBodies,
    HttpServer,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useFactory: createValidationPipe },
  ],
  exports: [RequestTracker],
})
export class HttpModule {}
