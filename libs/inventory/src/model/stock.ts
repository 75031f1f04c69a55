import { productLimits, staleVersion, type RuleBreach } from '#libs/kernel';

/** Whether a variant can be had, as it is stated. */
export interface VariantStock {
  /** May be negative: sold more than there was. */
  readonly onHand: number;
  /** False when there is always enough. */
  readonly isTracked: boolean;
  readonly allowsBackorder: boolean;
  /** When given: the version the statement is based on; 0 stands for no stock item yet. */
  readonly version?: number | undefined;
}

export interface StoredStock extends VariantStock {
  /** Of what is on hand, promised to shoppers. */
  readonly reserved: number;
  /** 0: nothing is stored of this variant. */
  readonly version: number;
}

/** What shoppers see of a stock; a change of stock that leaves it changes nothing that they see. */
export type Availability = 'in-stock' | 'backorder' | 'out-of-stock';

export const NO_STOCK: StoredStock = {
  onHand: 0,
  isTracked: true,
  allowsBackorder: false,
  reserved: 0,
  version: 0,
};

export function availabilityOf(stock: Omit<StoredStock, 'version'>): Availability {
  if (!stock.isTracked || stock.onHand - stock.reserved > 0) return 'in-stock';
  return stock.allowsBackorder ? 'backorder' : 'out-of-stock';
}

const worstFirst: readonly Availability[] = ['out-of-stock', 'backorder', 'in-stock'];

/** Something of several can be had as well as the best of them; of none nothing. Pure. */
export function bestOf(all: Iterable<Availability>): Availability {
  let best = 0;
  for (const each of all) best = Math.max(best, worstFirst.indexOf(each));
  return worstFirst[best] ?? 'out-of-stock';
}

/**
 * The stock once what is stated holds instead of what is stored; the same object when nothing
 * changes. Throws `http.stale-version` for a statement that is based on another version.
 */
export function settledStock(stored: StoredStock, stated: VariantStock): StoredStock {
  const { onHand, isTracked, allowsBackorder, version } = stated;
  if (version !== undefined && version !== stored.version) throw staleVersion(stored.version);
  const isSame =
    stored.version > 0 &&
    stored.onHand === onHand &&
    stored.isTracked === isTracked &&
    stored.allowsBackorder === allowsBackorder;
  if (isSame) return stored;
  return {
    onHand,
    isTracked,
    allowsBackorder,
    reserved: stored.reserved,
    version: stored.version + 1,
  };
}

/** What is wrong with a stock; empty when nothing is. */
export function stockBreaches({ onHand }: VariantStock): RuleBreach[] {
  const isRight = Number.isSafeInteger(onHand) && Math.abs(onHand) <= productLimits.onHand;
  return isRight ? [] : [{ path: 'stock.onHand', message: 'out of range' }];
}
