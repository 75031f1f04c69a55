import { Injectable } from '@nestjs/common';
import { DatabaseClock, IdempotentUnitOfWork, type Transaction } from '#libs/database';
import { currentContext, newId, type JsonObject } from '#libs/kernel';
import { StoreLookup, storesErrors } from '#libs/stores';
import { priceRuleBreaches, type PriceRule } from '../../model/price-rule.js';
import { pricingErrors } from '../../model/pricing.errors.js';
import { repriceProductsJob } from '../../model/reprice-products.job.js';
import { repricingLimits, type Repricing, type RepricingWork } from '../../model/repricing.js';
import {
  SelectedProducts,
  type ProductSelection,
  type SelectionSurvey,
} from '../../model/selected-products.js';
import { RepricedPriceRepository } from './repriced-price.repository.js';
import { RepricingRepository } from './repricing.repository.js';

/** Which prices staff want to change, and how. */
export interface RepricingRequest {
  readonly storeCode: string;
  readonly currency: string;
  readonly selection: ProductSelection;
  readonly rule: PriceRule;
}

export interface AcceptedRepricing {
  readonly repricingId: string;
  readonly jobId: string;
}

/**
 * Accepts bulk changes of prices: the job exists when, and only when, its repricing does. The same key
 * accepts one once.
 */
@Injectable()
export class RepricingEditor {
  constructor(
    private readonly unitOfWork: IdempotentUnitOfWork,
    private readonly stores: StoreLookup,
    private readonly products: SelectedProducts,
    private readonly repricings: RepricingRepository,
    private readonly repriced: RepricedPriceRepository,
    private readonly clock: DatabaseClock,
  ) {}

  /**
   * Throws `pricing.repricing-invalid`, `pricing.nothing-to-reprice`, `catalog.store-not-found`,
   * `catalog.currency-unknown`, and what {@link SelectedProducts.survey} throws.
   */
  start(request: RepricingRequest, key: string): Promise<AcceptedRepricing> {
    const { storeCode, currency, selection, rule } = request;
    const body = { currency, selection, rule } as unknown as JsonObject;
    return this.once({ scope: `repricings:${storeCode}`, key, body }, async (tx) => {
      const { storeId, survey } = await surveyed(tx, this.stores, this.products, request);
      const work = { kind: 'change', selection, rule } as const;
      return this.accept(tx, { storeId, storeCode, currency, work }, survey);
    });
  }

  /**
   * Puts back what a repricing that has ended changed. Throws `pricing.repricing-not-found`,
   * `pricing.repricing-under-way`, `pricing.repricing-undone`, `pricing.repricing-expired`,
   * `pricing.nothing-to-reprice`.
   */
  undo(storeCode: string, id: string, key: string): Promise<AcceptedRepricing> {
    return this.once({ scope: `repricing-undo:${id}`, key, body: { storeCode } }, async (tx) => {
      const undone = await this.repricings.getOfStore(tx, storeCode, id);
      if (undone.undoneBy !== null) throw pricingErrors.repricingUndone({ details: { id } });
      if (undone.createdAt < this.clock.wallMs() - repricingLimits.undoableMs) {
        throw pricingErrors.repricingExpired({ details: { id } });
      }
      if (await this.repricings.isUnfinished(tx, id)) {
        throw pricingErrors.repricingUnderWay({ details: { id } });
      }
      const survey = await this.repriced.survey(tx, id);
      const { storeId, currency } = undone;
      const work = { kind: 'undo', undoes: id } as const;
      const accepted = await this.accept(tx, { storeId, storeCode, currency, work }, survey);
      await this.repricings.markUndone(tx, id, accepted.repricingId);
      return accepted;
    });
  }

  private async once(
    request: Parameters<IdempotentUnitOfWork['exclusively']>[0],
    work: (tx: Transaction) => Promise<AcceptedRepricing>,
  ): Promise<AcceptedRepricing> {
    return this.unitOfWork.exclusively(request, () =>
      this.unitOfWork.run(request, async (tx) => ({ ...(await work(tx)) })),
    );
  }

  private async accept(
    tx: Transaction,
    content: Pick<Repricing, 'storeId' | 'storeCode' | 'currency'> & { work: RepricingWork },
    { products, lastProductId }: SelectionSurvey,
  ): Promise<AcceptedRepricing> {
    if (lastProductId === undefined) throw pricingErrors.nothingToReprice();
    const id = newId();
    const jobId = await tx.enqueue(repriceProductsJob, { repricingId: id });
    const { storeCode, currency, work } = content;
    await this.repricings.insert(tx, {
      ...content,
      id,
      jobId,
      undoneBy: null,
      createdBy: currentContext()?.actor?.id ?? null,
      createdAt: this.clock.wallMs(),
      products,
      lastProductId,
      progress: { afterProductId: '', products: 0, changed: 0, unchanged: 0, skipped: 0 },
    });
    tx.audit({
      action: `pricing:repricing:${work.kind === 'undo' ? 'undo' : 'create'}`,
      entity: 'repricing',
      entityId: id,
      after: { store: storeCode, currency, work, products },
    });
    return { repricingId: id, jobId };
  }
}

/** Checks a request against the store; the same for a dry run and for what is carried out. */
export async function surveyed(
  queries: Parameters<StoreLookup['getByCode']>[0],
  stores: StoreLookup,
  products: SelectedProducts,
  { storeCode, currency, selection, rule }: RepricingRequest,
): Promise<{ readonly storeId: string; readonly survey: SelectionSurvey }> {
  const store = await stores.getByCode(queries, storeCode);
  if (!store.currencies.includes(currency)) {
    throw storesErrors.currencyUnknown({ details: { currency, allowed: store.currencies } });
  }
  const errors = priceRuleBreaches(rule);
  if (errors.length > 0) throw pricingErrors.repricingInvalid({ details: { errors } });
  const survey = await products.survey(queries, store.id, selection);
  return { storeId: store.id, survey };
}
