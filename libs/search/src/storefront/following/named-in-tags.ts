import { searchTags } from '../../model/search.tags.js';

/** What of a product has changed. */
const changeKinds = ['product', 'prices', 'availability', 'popularity'] as const;
type ChangeKind = (typeof changeKinds)[number];

/** What the tags of a row say that concerns an index. */
export interface NamedInTags {
  /** Products, with what has changed of them. */
  readonly kinds: ReadonlyMap<string, ReadonlySet<ChangeKind>>;
  /** Stores whose lists have changed. */
  readonly listCodes: ReadonlySet<string>;
  /** Stores that have changed themselves. */
  readonly storeCodes: ReadonlySet<string>;
}

/** Reads the tags that the catalog, pricing, inventory and stores give. */
export function namedIn(tags: readonly string[]): NamedInTags {
  const kinds = new Map<string, Set<ChangeKind>>();
  const listCodes = new Set<string>();
  const storeCodes = new Set<string>();
  for (const tag of tags) {
    const colon = tag.indexOf(':');
    const kind = tag.slice(0, colon);
    const name = tag.slice(colon + 1);
    if (kind === 'store-products') listCodes.add(name);
    else if (kind === 'store') storeCodes.add(name);
    else if (isChangeKind(kind)) {
      const known = kinds.get(name);
      if (known === undefined) kinds.set(name, new Set([kind]));
      else known.add(kind);
    }
  }
  return { kinds, listCodes, storeCodes };
}

function isChangeKind(kind: string): kind is ChangeKind {
  return changeKinds.some((each) => each === kind);
}

/** The tags of lists that depend on what has changed of products of a store. */
export function tagsVoidedWith(
  storeCode: string,
  productIds: readonly string[],
  kinds: NamedInTags['kinds'],
): string[] {
  const changed = new Set(productIds.flatMap((id) => [...(kinds.get(id) ?? [])]));
  const tags: string[] = [];
  if (changed.has('product')) tags.push(searchTags.texts(storeCode));
  if (changed.has('prices')) tags.push(searchTags.prices(storeCode));
  if (changed.has('availability')) tags.push(searchTags.availability(storeCode));
  if (changed.has('popularity')) tags.push(searchTags.popularity(storeCode));
  return tags;
}
