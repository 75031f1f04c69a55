import { Injectable } from '@nestjs/common';
import type { SqlQueries } from '#libs/database';
import { changeVerdicts, undoVerdicts, type PlacedPrice } from '../../model/price-verdicts.js';
import type { PriceVerdict, Repricing } from '../../model/repricing.js';
import { SelectedProducts } from '../../model/selected-products.js';
import { PriceRepository } from '../price.repository.js';
import { RepricedPriceRepository, type CountedProduct } from './repriced-price.repository.js';

/** What a unit of work does of a repricing at most, if one product alone has no more. */
const MAX_PRODUCTS = 100;
const MAX_PRICES = 500;

/** The next products of a repricing, in the order of their ids. */
export interface RepricingPage {
  readonly productIds: readonly string[];
  /** The last of them. */
  readonly upTo: string;
  /** What becomes of their prices, given all there are in the currency. */
  readonly decide: (current: readonly PlacedPrice[]) => PriceVerdict[];
}

/** Cuts a repricing into pages; it reads only, and what it decides is decided about the prices of then. */
@Injectable()
export class RepricingPlan {
  constructor(
    private readonly products: SelectedProducts,
    private readonly prices: PriceRepository,
    private readonly repriced: RepricedPriceRepository,
  ) {}

  /** What comes behind a product; undefined when the repricing is done. */
  next(
    queries: SqlQueries,
    repricing: Pick<Repricing, 'storeId' | 'currency' | 'work' | 'lastProductId'>,
    after: string,
  ): Promise<RepricingPage | undefined> {
    const { work } = repricing;
    return work.kind === 'change'
      ? this.nextChanged(queries, { ...repricing, work }, after)
      : this.nextUndone(queries, { ...repricing, work }, after);
  }

  private async nextChanged(
    queries: SqlQueries,
    { storeId, currency, work, lastProductId: upTo }: ChangeOf<'change'>,
    after: string,
  ): Promise<RepricingPage | undefined> {
    const { selection, rule } = work;
    const range = { after, upTo };
    const selected = await this.products.list(queries, storeId, selection, range, MAX_PRODUCTS);
    const ids = selected.map(({ productId }) => productId);
    const counts = await this.prices.countInBaseList(queries, { storeId, currency }, ids);
    return pageOf(
      ids.map((productId) => ({ productId, prices: counts.get(productId) ?? 0 })),
      (current) => changeVerdicts(current, selected, rule),
    );
  }

  private async nextUndone(
    queries: SqlQueries,
    { currency, work }: ChangeOf<'undo'>,
    after: string,
  ): Promise<RepricingPage | undefined> {
    const { undoes: repricingId } = work;
    const counted = await this.repriced.countChanged(queries, repricingId, after, MAX_PRODUCTS);
    const page = pageOf(counted, () => []);
    if (page === undefined) return undefined;
    const range = { after, upTo: page.upTo };
    const written = await this.repriced.listChanged(queries, { repricingId, currency }, range);
    return { ...page, decide: (current) => undoVerdicts(current, written) };
  }
}

type ChangeOf<Kind> = Pick<Repricing, 'storeId' | 'currency' | 'lastProductId'> & {
  readonly work: Extract<Repricing['work'], { readonly kind: Kind }>;
};

/** As many products as fit, at least one. */
function pageOf(
  products: readonly CountedProduct[],
  decide: RepricingPage['decide'],
): RepricingPage | undefined {
  const productIds: string[] = [];
  let prices = 0;
  for (const each of products) {
    prices += each.prices;
    if (productIds.length > 0 && prices > MAX_PRICES) break;
    productIds.push(each.productId);
  }
  const upTo = productIds.at(-1);
  return upTo === undefined ? undefined : { productIds, upTo, decide };
}
