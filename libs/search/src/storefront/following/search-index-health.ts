import { Injectable } from '@nestjs/common';
import { HealthRegistry, Metrics } from '#libs/observability';
import { searchErrors } from '../../model/search.errors.js';
import type { IndexedStores } from './indexed-stores.js';
import { searchMetrics } from './search.metrics.js';

/** Stores that health names. */
const MAX_NAMED = 5;

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
      if (!isLoaded() || missing.length === 0) return { isDegraded: false };
      const codes = missing.map(({ code }) => code).slice(0, MAX_NAMED);
      return { isDegraded: true, reason: `not loaded: ${codes.join(', ')}` };
    });
    this.reportTo(this.metrics, stores);
  }

  private reportTo(metrics: Metrics, stores: IndexedStores): void {
    const gauges = metrics.register(searchMetrics, {
      // All are set along with the first.
      products: (products) => {
        for (const gauge of Object.values(gauges)) gauge.reset();
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
