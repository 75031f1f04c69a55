import { Module } from '@nestjs/common';
import { RefreshCacheHandler } from './refresh-cache.handler.js';

/** The handler of the job that orders refreshes. Needs `JobsAuthoringModule` beside it. */
@Module({ providers: [RefreshCacheHandler] })
export class FleetAuthoringModule {}
