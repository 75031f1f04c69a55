import type { Store } from '#libs/stores';
import { unsafeTextBreaches, type RuleBreach } from '#libs/kernel';
import { isSlug } from './slug.js';

export interface CategoryContent {
  readonly parentId: string | null;
  /** Unique in the store. */
  readonly slug: string;
  /** Order among the children of one parent; ties are ordered by slug. */
  readonly position: number;
  /** By locale; the store's default locale is always there. */
  readonly names: Readonly<Record<string, string>>;
}

export interface Category extends CategoryContent {
  readonly id: string;
  readonly storeId: string;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The part of a category that the shape of the tree depends on. */
export interface CategoryNode {
  readonly id: string;
  readonly parentId: string | null;
}

export const categoryLimits = { nameLength: 300, position: 1_000_000, depth: 12 } as const;

/** The category and everything above it, from itself to the root. Ends on a cycle. */
export function withAncestors(nodes: ReadonlyMap<string, CategoryNode>, id: string): string[] {
  const path: string[] = [];
  const seen = new Set<string>();
  for (let next: string | null = id; next !== null && !seen.has(next);) {
    const node = nodes.get(next);
    if (node === undefined) break;
    seen.add(next);
    path.push(next);
    next = node.parentId;
  }
  return path;
}

/** Whether putting `id` below `parentId` would make it its own ancestor. */
export function makesCycle(
  nodes: ReadonlyMap<string, CategoryNode>,
  id: string,
  parentId: string | null,
): boolean {
  return parentId !== null && withAncestors(nodes, parentId).includes(id);
}

/** Levels of the tree below and including `id`. */
export function heightOf(nodes: ReadonlyMap<string, CategoryNode>, id: string): number {
  const own = withAncestors(nodes, id).length;
  const depths = [...nodes.keys()].map((each) => {
    const path = withAncestors(nodes, each);
    return path.includes(id) ? path.length - own + 1 : 0;
  });
  return Math.max(1, ...depths);
}

/** What is wrong with a category of the store; `nodes` are the store's categories as they are. */
export function categoryBreaches(
  store: Store,
  nodes: ReadonlyMap<string, CategoryNode>,
  category: CategoryContent & { readonly id: string },
): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  const { id, parentId, slug, position, names } = category;
  if (!isSlug(slug)) {
    breaches.push({ path: 'slug', message: 'lower-case letters, digits, dashes' });
  }
  if (!Number.isSafeInteger(position) || position < 0 || position > categoryLimits.position) {
    breaches.push({ path: 'position', message: 'out of range' });
  }
  if (names[store.defaultLocale] === undefined) {
    breaches.push({
      path: 'names',
      message: `the store's language ${store.defaultLocale} is missing`,
    });
  }
  breaches.push(
    ...unsafeTextBreaches(
      Object.entries(names).map(([locale, name]) => [`names.${locale}`, name] as const),
    ),
  );
  for (const [locale, name] of Object.entries(names)) {
    if (!store.locales.includes(locale)) {
      breaches.push({ path: `names.${locale}`, message: 'not a language of the store' });
    }
    if (name.trim() === '' || name.length > categoryLimits.nameLength) {
      breaches.push({
        path: `names.${locale}`,
        message: `1 to ${categoryLimits.nameLength} characters`,
      });
    }
  }
  if (parentId !== null && !nodes.has(parentId)) {
    breaches.push({ path: 'parentId', message: 'not a category of the store' });
  } else if (makesCycle(nodes, id, parentId)) {
    breaches.push({ path: 'parentId', message: 'a category cannot be below itself' });
  } else if (parentId !== null) {
    const depth = withAncestors(nodes, parentId).length + heightOf(nodes, id);
    if (depth > categoryLimits.depth) {
      breaches.push({ path: 'parentId', message: `at most ${categoryLimits.depth} levels` });
    }
  }
  return breaches;
}
