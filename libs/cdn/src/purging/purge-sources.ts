import { Inject, Injectable } from '@nestjs/common';
import { LOG_SOURCE, type LogSource } from '#libs/cache';
import { DatabaseClock, InstallationReader } from '#libs/database';
import { DerivedTags } from './derived-tags.js';
import { PurgePositionRepository } from './purge-position.repository.js';
import type { PurgeEnvironment } from './target-purger.js';

/** What purges are made of and noted in. */
@Injectable()
export class PurgeSources {
  readonly all: Pick<PurgeEnvironment, 'installation' | 'log' | 'positions' | 'derived' | 'clock'>;

  constructor(
    installation: InstallationReader,
    @Inject(LOG_SOURCE) log: LogSource,
    positions: PurgePositionRepository,
    derived: DerivedTags,
    clock: DatabaseClock,
  ) {
    this.all = { installation: () => installation.get(), log, positions, derived, clock };
  }
}
