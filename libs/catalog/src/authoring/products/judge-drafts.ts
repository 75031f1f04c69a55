import type { RuleBreach } from '#libs/kernel';
import type { Store } from '#libs/stores';
import type { ProductDraft } from '../../model/product-draft.js';
import { productBreaches } from '../../model/product-rules.js';
import type { ProductSheet } from '../../model/product-sheet.js';
import type { Product } from '../../model/product.js';
import { slugWithId } from '../../model/slug.js';
import type { CategoryPaths } from '../categories/category-path.js';
import type { TakenNames } from './taken-names.js';

/** A draft that was not stored, and why. The others of the batch are. */
export interface RejectedDraft {
  readonly sourceKey: string;
  readonly breaches: readonly RuleBreach[];
}

/** A draft, the product it was stored as, and what that is to become. */
export interface Candidate {
  readonly draft: ProductDraft;
  readonly before: ProductSheet | undefined;
  readonly wanted: ProductSheet;
}

interface Judgement {
  /** With the slugs they get. */
  readonly accepted: readonly Candidate[];
  readonly rejected: readonly RejectedDraft[];
}

/**
 * Which drafts of a batch are stored. A product gives a SKU up to another one of the batch, before or after
 * it, only when its own draft is accepted: one that turns out to be rejected keeps what it has, and the
 * batch is judged again with that.
 */
export function judgeDrafts(
  store: Store,
  candidates: readonly Candidate[],
  names: TakenNames,
  paths: CategoryPaths,
): Judgement {
  const keeping = new Set<string>();
  for (;;) {
    const kept = keeping.size;
    const taken = names.whenKeptBy(keeping);
    const accepted: Candidate[] = [];
    const rejected: RejectedDraft[] = [];
    for (const { draft, before, wanted } of candidates) {
      const after = { ...wanted, slug: chosenSlug(taken, draft, wanted) };
      const breaches = [
        ...productBreaches(store, after),
        ...taken.breaches(after),
        ...categoryIdBreaches(draft, paths),
      ];
      if (breaches.length === 0) {
        taken.take(after);
        accepted.push({ draft, before, wanted: after });
      } else {
        rejected.push({ sourceKey: draft.sourceKey, breaches });
        if (before !== undefined && names.givesUp(before.id)) keeping.add(before.id);
      }
    }
    if (keeping.size === kept) return { accepted, rejected };
  }
}

/** A slug that was asked for is kept as it is; a generated one gives way. */
function chosenSlug(taken: TakenNames, draft: ProductDraft, product: Product): string {
  const isFree = product.slug !== '' && !taken.isSlugTaken(product);
  return draft.slug !== undefined || isFree ? product.slug : slugWithId(product.slug, product.id);
}

function categoryIdBreaches(draft: ProductDraft, paths: CategoryPaths): RuleBreach[] {
  const isKnown = draft.categoryId === undefined || paths.categories.has(draft.categoryId);
  return isKnown ? [] : [{ path: 'categoryId', message: 'not a category of the store' }];
}
