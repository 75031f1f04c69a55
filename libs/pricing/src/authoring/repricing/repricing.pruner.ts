import { Injectable } from '@nestjs/common';
import { PlatformPruner, SqlReader, UnitOfWork, type PrunesPlatform } from '#libs/database';
import { repricingLimits } from '../../model/repricing.js';
import { RepricedPriceRepository } from './repriced-price.repository.js';
import { RepricingRepository } from './repricing.repository.js';

/** A day more than it can be undone, so that none is undone while its rows go. */
const KEPT_MS = repricingLimits.undoableMs + 24 * 3_600_000;

/** Forgets bulk changes of prices that can no longer be undone. */
@Injectable()
@PlatformPruner('repricings')
export class RepricingPruner implements PrunesPlatform {
  constructor(
    private readonly database: SqlReader,
    private readonly repricings: RepricingRepository,
    private readonly repriced: RepricedPriceRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async pruneBatch(now: number): Promise<number> {
    const [id] = await this.repricings.listExpired(this.database, now - KEPT_MS, 1);
    if (id === undefined) return 0;
    return this.unitOfWork.run(async (tx) => {
      const removed = await this.repriced.removeSome(tx, id);
      if (removed > 0) return removed;
      await this.repricings.remove(tx, id);
      return 1;
    });
  }
}
