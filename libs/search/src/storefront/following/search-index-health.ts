import { Injectable } from '@nestjs/common';
import { HealthRegistry, Metrics } from '#libs/observability';
import { searchErrors } from '../../model/search.errors.js';
import type { IndexedStore } from './indexed-store.js';
import type { IndexedStores } from './indexed-stores.js';
import { searchMetrics } from './search.metrics.js';

/** Stores that health names. */
const MAX_NAMED = 5;

const BOUND = 'SEARCH_INDEX_MAX_BYTES';

function reasonOf(missing: readonly IndexedStore[]): string {
  const told = (what: string, isTooLarge: boolean): string[] => {
    const codes = missing
      .filter((store) => store.isTooLarge === isTooLarge)
      .map(({ code }) => code);
    return codes.length === 0 ? [] : [`${what}: ${codes.slice(0, MAX_NAMED).join(', ')}`];
  };
  return [...told(`too large for ${BOUND}`, true), ...told('not loaded', false)].join('; ');
}

/** Tells operators how the indexes of a replica are doing. */
@Injectable()
export class SearchIndexHealth {
  constructor(
    private readonly health: HealthRegistry,
    private readonly metrics: Metrics,
  ) {}

  /** The replica is not ready before `isLoaded`; degraded after that while a store is missing. */
  watch(stores: IndexedStores, isLoaded: () => boolean): void {
    this.health.requireReady('search', () => {
      if (isLoaded()) return Promise.resolve();
      return Promise.reject(searchErrors.indexNotReady());
    });
    this.health.watch('lists', () => {
      const missing = stores.all.filter(({ state }) => state.loadMs === undefined);
      if (!isLoaded()) return { isDegraded: false };
      const { takenBytes, maxBytes } = stores.room;
      if (missing.length > 0) return { isDegraded: true, reason: reasonOf(missing) };
      if (takenBytes <= maxBytes) return { isDegraded: false };
      const reason = `the indexes take ${takenBytes} bytes of the ${maxBytes} of ${BOUND}`;
      return { isDegraded: true, reason };
    });
    this.reportTo(this.metrics, stores);
  }

  private reportTo(metrics: Metrics, stores: IndexedStores): void {
    const gauges = metrics.register(searchMetrics, {
      // All are set along with the first.
      products: (products) => {
        for (const gauge of Object.values(gauges)) gauge.reset();
        gauges.maxBytes.set(stores.room.maxBytes);
        for (const { code: store, state } of stores.all) {
          products.set({ store }, state.products);
          gauges.bytes.set({ store }, state.bytes);
          gauges.segments.set({ store }, state.segments);
          gauges.marked.set({ store }, state.marked);
          gauges.behindSeconds.set({ store }, state.behindMs / 1_000);
          if (state.loadMs !== undefined) gauges.loadSeconds.set({ store }, state.loadMs / 1_000);
        }
      },
    });
  }
}
