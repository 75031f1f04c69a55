import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { popularityLevel, ProductPopularityRepository } from '#libs/catalog';
import { chunksOf, DatabaseClock, SqlReader, type SqlQueries } from '#libs/database';
import { newId } from '#libs/kernel';
import { StoreLookup, type Store } from '#libs/stores';
import { OrderedProductsRepository } from './ordered-products.repository.js';
import { ratePopularityJob } from './rate-popularity.job.js';

/** What was placed so long ago, by the clock of the database, does not count any more. */
export const COUNTED_MS = 30 * 24 * 60 * 60_000;
/** Products in one unit of work. */
const CHUNK_SIZE = 200;
const STORES_PER_PAGE = 100;

/**
 * Store by store: counts the orders of each product and writes the levels that have changed. What is counted depends
 * on nothing that an earlier run has done, so a run that begins again finds what is left to write; a run that another
 * one has taken over from writes nothing.
 */
@Injectable()
@JobHandler(ratePopularityJob, { concurrency: 1 })
export class RatePopularityHandler implements HandlesJob<Record<string, never>> {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly ordered: OrderedProductsRepository,
    private readonly popularity: ProductPopularityRepository,
  ) {}

  async handle(_payload: Record<string, never>, context: JobContext): Promise<void> {
    const placedSince = this.clock.wallMs() - COUNTED_MS;
    let changed = 0;
    for await (const { id } of storesIn(this.database, this.stores)) {
      changed += await this.rate(id, placedSince, context);
      context.progress({ changed });
    }
    await context.complete(async () => ({ changed }));
  }

  /** How many products have another level now. */
  private async rate(storeId: string, placedSince: number, context: JobContext): Promise<number> {
    const orders = await this.ordered.ordersOf(storeId, placedSince, context.signal);
    const before = await this.popularity.levelsOf(this.database, storeId);
    // Every run counts anew, so its steps are its own; they are for the lease that each of them needs.
    const run = newId();
    let changed = 0;
    for (const [number, chunk] of chunksOf(changedLevels(orders, before), CHUNK_SIZE).entries()) {
      context.signal.throwIfAborted();
      await context.step(`${run}-${number}`, async (tx) => {
        changed += await this.popularity.replace(tx, storeId, new Map(chunk));
      });
      // SQLite is synchronous: requests of this replica have their turn.
      await nextTurn();
    }
    return changed;
  }
}

/** The products whose level is another one, with what it is. */
function changedLevels(
  orders: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, number>,
): (readonly [string, number])[] {
  const ids = new Set([...orders.keys(), ...before.keys()]);
  return [...ids]
    .map((id) => [id, popularityLevel(orders.get(id) ?? 0, before.get(id) ?? 0)] as const)
    .filter(([id, level]) => level !== (before.get(id) ?? 0));
}

async function* storesIn(queries: SqlQueries, stores: StoreLookup): AsyncGenerator<Store> {
  let after = '';
  for (;;) {
    const page = await stores.list(queries, after, STORES_PER_PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < STORES_PER_PAGE) return;
    after = last.code;
  }
}
