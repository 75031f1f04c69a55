import { Injectable } from '@nestjs/common';
import { InvalidationLog } from './invalidation-log.js';
import { PlatformPruner, type PrunesPlatform } from '../contracts/platform-pruner.js';

const HOUR_MS = 3_600_000;

/** Followers that were away longer than an hour find their position gone and clear everything. */
@Injectable()
@PlatformPruner('invalidations')
export class InvalidationPruner implements PrunesPlatform {
  constructor(private readonly log: InvalidationLog) {}

  pruneBatch(now: number): Promise<number> {
    return this.log.prune(now - HOUR_MS);
  }
}
