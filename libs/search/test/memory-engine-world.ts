import { setImmediate } from 'node:timers/promises';
import { gate, type Gate } from '#libs/testing';
import type { IndexedProduct } from '../src/model/index/indexed-product.js';
import { MemoryEngine } from '../src/storefront/engine/memory-engine.js';
import { IndexedStores } from '../src/storefront/following/indexed-stores.js';
import type { IndexSource, SourceStore } from '../src/storefront/following/index-source.js';
import { systemTiming } from '../src/storefront/following/index-timing.js';
import { StepwiseMerger } from '../src/storefront/merging/stepwise-merger.js';
import { STORE, type Commit, type FedWorld } from './engine-world.js';

const OF_STORE: SourceStore = { id: 'store', locales: ['en', 'de'], defaultLocale: 'en' };

/** The indexes of a replica, with a database that reads one product after the other: whatever is committed meanwhile tears what it answers. */
export class MemoryEngineWorld implements FedWorld {
  applied = 0;
  readonly engine: MemoryEngine;
  private readonly products = new Map<string, IndexedProduct>();
  /** Rows that are committed and not applied yet. */
  private readonly rows: (() => void)[] = [];
  private readonly stopping = new AbortController();
  private readonly stores: IndexedStores;
  /** Reads wait for it. */
  private stalled: Gate | undefined;

  /** Only a test of the bound itself may run into it. */
  constructor(waitMs = 60_000) {
    this.stores = new IndexedStores(
      () => ({
        source: this.source(),
        merger: new StepwiseMerger(),
        follow: async () => {
          for (const row of this.rows.splice(0)) row();
        },
        sequence: () => this.applied,
        timing: systemTiming,
        reportFailure: (error) => {
          if (!this.stopping.signal.aborted) throw error;
        },
        signal: this.stopping.signal,
        waitMs,
        failurePauseMs: 20,
      }),
      Infinity,
    );
    this.engine = new MemoryEngine(this.stores);
  }

  async commit({ put = [], gone = [] }: Commit): Promise<void> {
    for (const product of put) this.products.set(product.id, product);
    for (const id of gone) this.products.delete(id);
    const ids = [...put.map(({ id }) => id), ...gone];
    let isApplied = false;
    this.rows.push(() => {
      isApplied = true;
      this.applied += 1;
      this.stores.applied([`store-products:${STORE}`, ...ids.map((id) => `product:${id}`)]);
    });
    // The log is followed in its own time.
    await setImmediate();
    if (!isApplied) for (const row of this.rows.splice(0)) row();
  }

  stall(): () => void {
    const stalled = gate();
    this.stalled = stalled;
    return () => stalled.open();
  }

  rebuild(): void {
    this.stores.cleared();
  }

  async close(): Promise<void> {
    this.stopping.abort(new Error('the test is over'));
    this.stalled?.open();
    await this.stores.settled();
  }

  private source(): IndexSource {
    const read = async (ids: readonly string[]): Promise<IndexedProduct[]> => {
      const products: IndexedProduct[] = [];
      for (const id of ids) {
        await this.stalled?.opened;
        await setImmediate();
        const product = this.products.get(id);
        if (product !== undefined) products.push(product);
      }
      return products;
    };
    return {
      findStore: async (code) => (code === STORE ? OF_STORE : undefined),
      page: (_store, afterId, limit) =>
        read(
          [...this.products.keys()]
            .filter((id) => id > afterId)
            .sort()
            .slice(0, limit),
        ),
      some: (_store, ids) => read(ids),
    };
  }
}
