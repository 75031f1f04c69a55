/** So much of a variant at one location. */
export interface StockPart {
  readonly locationId: string;
  /** At least 1. */
  readonly quantity: number;
}

/** What of a variant is at a location, for one who wants some of it. */
export interface SellableItem {
  readonly locationId: string;
  /** On hand, and reserved for nobody else. */
  readonly free: number;
  /** False: there is always enough. */
  readonly isTracked: boolean;
  readonly allowsBackorder: boolean;
}

/**
 * From which of the items, in the order in which their locations are asked, so much of a variant is taken: all of it from the
 * first that has it whole; else as much as there is from each in turn; what is still missing is ordered beyond what is
 * there at the first that allows it. What one location lacks is not made up by another. Empty: of it there is always
 * enough; undefined: there is too little. Pure.
 */
export function spread(
  items: readonly SellableItem[],
  quantity: number,
): readonly StockPart[] | undefined {
  const whole = items.find(({ isTracked, free }) => !isTracked || free >= quantity);
  if (whole !== undefined) {
    return whole.isTracked ? [{ locationId: whole.locationId, quantity }] : [];
  }
  let missing = quantity;
  const taken = items.map(({ locationId, free }) => {
    const part = Math.min(Math.max(free, 0), missing);
    missing -= part;
    return { locationId, quantity: part };
  });
  const later = items.findIndex(({ allowsBackorder }) => allowsBackorder);
  if (missing > 0 && later < 0) return undefined;
  return taken
    .map((part, index) => (index === later ? { ...part, quantity: part.quantity + missing } : part))
    .filter((part) => part.quantity > 0);
}

/** As {@link spread}, of what may be kept: nothing is kept of what can be had without. Pure. */
export function spreadKept(
  items: readonly SellableItem[],
  quantity: number,
): readonly StockPart[] | undefined {
  const isAlwaysThere = items.some((item) => !item.isTracked || item.allowsBackorder);
  return isAlwaysThere ? [] : spread(items, quantity);
}
