import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import { loadBasePrices } from '../../model/base-prices.js';
import { pricingErrors } from '../../model/pricing.errors.js';
import { repricingLimits, type PriceVerdict } from '../../model/repricing.js';
import { SelectedProducts } from '../../model/selected-products.js';
import type { RepricedPrice } from './repriced-price.repository.js';
import { RepricingPlan } from './repricing-plan.js';
import { surveyed, type RepricingRequest } from './repricing.editor.js';
import { placedPrices } from './repricing.writer.js';

/** What a repricing would do now. */
export interface ForeseenRepricing {
  /** How many are selected. */
  readonly products: number;
  /** How many of them were looked at; the counts are theirs. */
  readonly foreseenProducts: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly skipped: number;
  /** The first prices that would change or be skipped. */
  readonly sample: readonly RepricedPrice[];
}

/** Dry runs: they go through the pages that the job would go through, write nothing, and end early in a large shop. */
@Injectable()
export class RepricingForecast {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly products: SelectedProducts,
    private readonly plan: RepricingPlan,
  ) {}

  /** Throws what `RepricingEditor.start` throws. */
  async foresee(request: RepricingRequest): Promise<ForeseenRepricing> {
    const { currency, selection, rule } = request;
    const { storeId, survey } = await surveyed(this.database, this.stores, this.products, request);
    const { lastProductId } = survey;
    if (lastProductId === undefined) throw pricingErrors.nothingToReprice();
    const work = { kind: 'change', selection, rule } as const;
    const sample: RepricedPrice[] = [];
    const counts = { foreseenProducts: 0, changed: 0, unchanged: 0, skipped: 0 };
    let after = '';
    while (counts.foreseenProducts < repricingLimits.foreseenProducts) {
      const repricing = { storeId, currency, work, lastProductId };
      const page = await this.plan.next(this.database, repricing, after);
      if (page === undefined) break;
      const rows = await loadBasePrices(this.database, { storeId, currency }, page.productIds);
      for (const verdict of page.decide(placedPrices(rows))) {
        counts[countOf(verdict)] += 1;
        const { outcome } = verdict;
        if (outcome === undefined || sample.length === repricingLimits.sample) continue;
        sample.push({ ...verdict, outcome });
      }
      counts.foreseenProducts += page.productIds.length;
      after = page.upTo;
      // Statements on SQLite may be answered at once: let other requests have their turn.
      await nextTurn();
    }
    return { products: survey.products, ...counts, sample };
  }
}

function countOf({ outcome }: PriceVerdict): 'changed' | 'unchanged' | 'skipped' {
  if (outcome === undefined) return 'unchanged';
  return outcome === 'changed' ? 'changed' : 'skipped';
}
