/** A category in the tree that a storefront shows. */
export interface CategoryBranch {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly children: readonly CategoryBranch[];
}

export interface Breadcrumb {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

/** A category with its place in the tree. */
export interface CategoryPlace {
  readonly branch: CategoryBranch;
  /** From the root down to the category itself. */
  readonly path: readonly Breadcrumb[];
  /** The category and all below it. */
  readonly subtreeIds: readonly string[];
}

/** The categories of a store in one language. */
export interface CategoryTree {
  readonly roots: readonly CategoryBranch[];
  readonly places: Readonly<Record<string, CategoryPlace>>;
  readonly idsBySlug: Readonly<Record<string, string>>;
}

export interface CategoryTreeRow {
  readonly id: string;
  readonly parentId: string | null;
  readonly slug: string;
  readonly name: string;
}

/**
 * Builds the tree from rows in their display order. Rows that hang below a missing parent or in a
 * cycle are left out: they are not reachable from a root.
 */
export function buildCategoryTree(rows: readonly CategoryTreeRow[]): CategoryTree {
  const children = new Map<string | null, CategoryTreeRow[]>();
  for (const row of rows) {
    const siblings = children.get(row.parentId);
    if (siblings === undefined) children.set(row.parentId, [row]);
    else siblings.push(row);
  }
  const places: Record<string, CategoryPlace> = Object.create(null) as Record<string, never>;
  const idsBySlug: Record<string, string> = Object.create(null) as Record<string, never>;
  const grow = (row: CategoryTreeRow, above: readonly Breadcrumb[]): CategoryBranch => {
    const path = [...above, { id: row.id, slug: row.slug, name: row.name }];
    const branches = (children.get(row.id) ?? []).map((child) => grow(child, path));
    const branch = { id: row.id, slug: row.slug, name: row.name, children: branches };
    const below = branches.flatMap(({ id }) => places[id]?.subtreeIds ?? []);
    places[row.id] = { branch, path, subtreeIds: [row.id, ...below] };
    idsBySlug[row.slug] = row.id;
    return branch;
  };
  const roots = (children.get(null) ?? []).map((row) => grow(row, []));
  return { roots, places, idsBySlug };
}

export function placeBySlug(tree: CategoryTree, slug: string): CategoryPlace | undefined {
  const id = tree.idsBySlug[slug];
  return id === undefined ? undefined : tree.places[id];
}
