import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { DerivedTags } from './purging/derived-tags.js';
import { PurgePositionPruner } from './purging/purge-position.pruner.js';
import { PurgePositionRepository } from './purging/purge-position.repository.js';
import { PurgeSources } from './purging/purge-sources.js';
import { Purger } from './purging/purger.js';

/** Purges shared caches of what units of work void. Needs the database; idle unless `CDN_PURGE_URL` is set. */
@Module({
  imports: [DiscoveryModule],
  providers: [DerivedTags, PurgePositionPruner, PurgePositionRepository, PurgeSources, Purger],
  exports: [Purger],
})
export class CdnAuthoringModule {}
