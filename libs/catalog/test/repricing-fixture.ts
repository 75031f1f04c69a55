import type { JobContext } from '#authoring/jobs';
import { IdempotentUnitOfWork, sql, type DatabaseClock } from '#libs/database';
import { newId, systemClock } from '#libs/kernel';
import type { PriceRule, ProductSelection } from '#libs/pricing';
import type { Store } from '#libs/stores';
import { PriceRepository } from '../../pricing/src/authoring/price.repository.js';
import { RepriceProductsHandler } from '../../pricing/src/authoring/repricing/reprice-products.handler.js';
import { RepricedPriceRepository } from '../../pricing/src/authoring/repricing/repriced-price.repository.js';
import { RepricingForecast } from '../../pricing/src/authoring/repricing/repricing-forecast.js';
import { RepricingPlan } from '../../pricing/src/authoring/repricing/repricing-plan.js';
import { RepricingDirectory } from '../../pricing/src/authoring/repricing/repricing.directory.js';
import {
  RepricingEditor,
  type RepricingRequest,
} from '../../pricing/src/authoring/repricing/repricing.editor.js';
import { RepricingPruner } from '../../pricing/src/authoring/repricing/repricing.pruner.js';
import { RepricingRepository } from '../../pricing/src/authoring/repricing/repricing.repository.js';
import { RepricingWriter } from '../../pricing/src/authoring/repricing/repricing.writer.js';
import { EXACT } from '../../pricing/src/model/price-rule.js';
import type { ProductDraft } from '../src/model/product-draft.js';
import { productDraft, variantDraft } from './catalog-drafts.js';
import type { CatalogFixture } from './catalog-fixture.js';
import { jobContextOn } from './catalog-job-context.js';

/** A rule that takes per cents off. */
export function percent(percentPpm: number): PriceRule {
  return { shift: { kind: 'percent', percentPpm }, rounding: EXACT, compareAt: 'keep' };
}

/** A product of one variant for each EUR amount, whose SKUs are `<key>-0`, `<key>-1`. */
export function sold(
  key: string,
  amounts: readonly number[],
  changes: Partial<ProductDraft> = {},
): ProductDraft {
  return productDraft(key, {
    options: ['Size'],
    variants: amounts.map((amountMinor, index) =>
      variantDraft({
        sku: `${key}-${index}`,
        optionValues: [`S${index}`],
        prices: [
          { currency: 'EUR', amountMinor, compareAtMinor: null },
          { currency: 'USD', amountMinor: 5_000, compareAtMinor: null },
        ],
      }),
    ),
    ...changes,
  });
}

/** Bulk changes of prices as the back office accepts them and the job runs them, on the database of a fixture. */
export class RepricingFixture {
  readonly editor: RepricingEditor;
  readonly directory: RepricingDirectory;
  readonly forecast: RepricingForecast;
  readonly pruner: RepricingPruner;
  private readonly handler: RepriceProductsHandler;
  private readonly contexts = new Map<string, ReturnType<typeof jobContextOn>>();

  constructor(private readonly catalog: CatalogFixture) {
    const { reader, storeLookup, unitOfWork, selectedProducts, priceBook } = catalog;
    const repricings = new RepricingRepository(storeLookup);
    const repriced = new RepricedPriceRepository();
    const plan = new RepricingPlan(selectedProducts, new PriceRepository(), repriced);
    const writer = new RepricingWriter(selectedProducts, priceBook, repricings, repriced);
    const clock = systemClock as DatabaseClock;
    this.editor = new RepricingEditor(
      new IdempotentUnitOfWork(unitOfWork, clock),
      storeLookup,
      selectedProducts,
      repricings,
      repriced,
      clock,
    );
    this.directory = new RepricingDirectory(reader, storeLookup, repricings, repriced);
    this.forecast = new RepricingForecast(reader, storeLookup, selectedProducts, plan);
    this.pruner = new RepricingPruner(reader, repricings, repriced, unitOfWork);
    this.handler = new RepriceProductsHandler(reader, repricings, plan, writer);
  }

  async shopWith(drafts: readonly ProductDraft[]): Promise<Store> {
    const store = await this.catalog.addStore();
    await this.catalog.saveMany(store, drafts);
    this.catalog.takeTags();
    return store;
  }

  async idOf(store: Store, key: string): Promise<string> {
    const rows = await this.catalog.reader.query<{ id: string }>(
      sql`SELECT id FROM product WHERE store_id = ${store.id} AND source_key = ${key}`,
    );
    return rows[0]?.id ?? '';
  }

  async categoryOf(store: Store, slug: string): Promise<string> {
    const rows = await this.catalog.reader.query<{ id: string }>(
      sql`SELECT id FROM category WHERE store_id = ${store.id} AND slug = ${slug}`,
    );
    return rows[0]?.id ?? '';
  }

  async addressOf(store: Store, sku: string) {
    const rows = await this.catalog.reader.query<{ id: string; product_id: string }>(
      sql`SELECT id, product_id
          FROM product_variant
          WHERE store_id = ${store.id} AND sku = ${sku}`,
    );
    const { id: variantId = '', product_id: productId = '' } = rows[0] ?? {};
    return { storeCode: store.code, productId, variantId };
  }

  request(
    { code: storeCode }: Store,
    rule: PriceRule,
    changes: Partial<RepricingRequest> = {},
  ): RepricingRequest {
    return { storeCode, currency: 'EUR', selection: {}, rule, ...changes };
  }

  /** Accepts one; the job that it asks for is left to the test. */
  async start(request: RepricingRequest): Promise<string> {
    return (await this.editor.start(request, newId())).repricingId;
  }

  /** Accepts what undoes one. */
  async startUndo({ code }: Store, id: string): Promise<string> {
    return (await this.editor.undo(code, id, newId())).repricingId;
  }

  /** Accepts one and runs its job. */
  async carriedOut(
    store: Store,
    selection: ProductSelection,
    rule = percent(-100_000),
  ): Promise<string> {
    const id = await this.start(this.request(store, rule, { selection }));
    await this.run(id);
    return id;
  }

  /** What the runtime gives to every run of the job. */
  context(repricingId: string): JobContext {
    const context = this.contexts.get(repricingId) ?? jobContextOn(this.catalog.unitOfWork);
    this.contexts.set(repricingId, context);
    return context;
  }

  /** Runs the job, as the runtime does: with the steps of runs before. */
  async run(repricingId: string, changes: Partial<JobContext> = {}): Promise<void> {
    await this.handler.handle({ repricingId }, { ...this.context(repricingId), ...changes });
    await this.end(repricingId);
  }

  /** Notes that the job has ended, whatever came of it. */
  async end(repricingId: string, state = 'completed'): Promise<void> {
    await this.catalog.unitOfWork.run((tx) =>
      tx.execute(
        sql`UPDATE job SET state = ${state}
            WHERE id IN (SELECT job_id FROM repricing WHERE id = ${repricingId})`,
      ),
    );
  }

  /** EUR amounts, by SKU. */
  async amounts({ id }: Store): Promise<Record<string, number>> {
    const rows = await this.catalog.reader.query<{ sku: string; amount_minor: number }>(
      sql`SELECT v.sku, p.amount_minor
          FROM price p
          JOIN product_variant v ON v.id = p.variant_id
          JOIN price_list l ON l.id = p.list_id
          WHERE v.store_id = ${id} AND l.currency = 'EUR'
          ORDER BY v.sku`,
    );
    return Object.fromEntries(rows.map((row) => [row.sku, row.amount_minor]));
  }
}
