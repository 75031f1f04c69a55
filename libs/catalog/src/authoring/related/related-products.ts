/** A product as far as it matters to what goes with it. */
export interface RelationFacts {
  readonly id: string;
  readonly brand: string | null;
  /** In the store's default currency. */
  readonly priceMinor: number;
}

export const RELATED_COUNT = 8;
/** Neighbours by price on each side that are looked at: among all of the category, and of the brand. */
const NEIGHBOURS = 40;
const BRAND_NEIGHBOURS = 10;

const ATTRIBUTE_WEIGHT = 2;
const MAX_SHARED = 5;
const BRAND_WEIGHT = 3;
const PRICE_WEIGHT = 4;

function byPrice(a: RelationFacts, b: RelationFacts): number {
  return a.priceMinor - b.priceMinor || (a.id < b.id ? -1 : 1);
}

/**
 * The products of one category, prepared for finding what goes with each. What a product may be
 * related to is bounded, so that a large category costs no more per product than a small one.
 */
export class RelationGroup {
  readonly members: readonly RelationFacts[];
  private readonly places = new Map<string, number>();
  private readonly brands = new Map<string, RelationFacts[]>();
  private readonly brandPlaces = new Map<string, number>();

  constructor(members: readonly RelationFacts[]) {
    this.members = [...members].sort(byPrice);
    this.members.forEach((member, place) => {
      this.places.set(member.id, place);
      if (member.brand === null) return;
      const brand = this.brands.get(member.brand) ?? [];
      this.brandPlaces.set(member.id, brand.length);
      brand.push(member);
      this.brands.set(member.brand, brand);
    });
  }

  /** What a product may be related to: its neighbours by price, those of its brand too. */
  candidates(product: RelationFacts): RelationFacts[] {
    const near = around(this.members, this.places.get(product.id), NEIGHBOURS);
    const brand = product.brand === null ? undefined : this.brands.get(product.brand);
    const own = around(brand ?? [], this.brandPlaces.get(product.id), BRAND_NEIGHBOURS);
    return [...new Set([...near, ...own])].filter(({ id }) => id !== product.id);
  }
}

function around(
  members: readonly RelationFacts[],
  place: number | undefined,
  distance: number,
): readonly RelationFacts[] {
  return place === undefined
    ? []
    : members.slice(Math.max(0, place - distance), place + distance + 1);
}

/** How well two products of a category go together: shared attributes, brand, nearness of price. */
function relationScore(
  a: RelationFacts,
  b: RelationFacts,
  attributes: ReadonlyMap<string, ReadonlySet<string>>,
): number {
  const own = attributes.get(a.id);
  const other = attributes.get(b.id);
  let shared = 0;
  if (own !== undefined && other !== undefined) {
    for (const attribute of own) if (other.has(attribute)) shared += 1;
  }
  const dearer = Math.max(a.priceMinor, b.priceMinor);
  const distance = dearer === 0 ? 0 : Math.abs(a.priceMinor - b.priceMinor) / dearer;
  return (
    ATTRIBUTE_WEIGHT * Math.min(shared, MAX_SHARED) +
    (a.brand !== null && a.brand === b.brand ? BRAND_WEIGHT : 0) +
    PRICE_WEIGHT * (1 - distance)
  );
}

/** The best candidates, best first; equal scores are ordered by id, so the outcome is always the same. */
export function relatedTo(
  product: RelationFacts,
  candidates: readonly RelationFacts[],
  attributes: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  return candidates
    .map((candidate) => ({
      id: candidate.id,
      score: relationScore(product, candidate, attributes),
    }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, RELATED_COUNT)
    .map(({ id }) => id);
}
