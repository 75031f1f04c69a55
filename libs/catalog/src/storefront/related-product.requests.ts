import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#libs/database';
import { systemClock, type Clock } from '#libs/kernel';
import { catalogErrors } from '../model/catalog.errors.js';
import {
  rebuildDedupeKey,
  rebuildRelatedProductsJob,
} from '../model/rebuild-related-products.job.js';

const PER_MINUTE = 60;
const MINUTE_MS = 60_000;

/** Takes requests of storefronts to work out anew what goes with a product, bounded per process. */
@Injectable()
export class RelatedProductRequests {
  private readonly clock: Clock = systemClock;
  private windowStartMs = 0;
  private taken = 0;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Resolves with the id of the job. Throws `catalog.rebuild-limited`. */
  async request(storeId: string, productId: string): Promise<string> {
    this.take();
    const payload = { storeId, productId };
    return this.unitOfWork.run((tx) =>
      tx.enqueue(rebuildRelatedProductsJob, payload, { dedupeKey: rebuildDedupeKey(payload) }),
    );
  }

  private take(): void {
    const now = this.clock.monotonicMs();
    if (now - this.windowStartMs >= MINUTE_MS) {
      this.windowStartMs = now;
      this.taken = 0;
    }
    if (this.taken >= PER_MINUTE) {
      const waitMs = this.windowStartMs + MINUTE_MS - now;
      throw catalogErrors.rebuildLimited({ retryAfterSeconds: Math.ceil(waitMs / 1_000) });
    }
    this.taken += 1;
  }
}
