import { StoreLookup, type Store } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Transaction } from '#libs/database';
import { newId, systemClock, staleVersion } from '#libs/kernel';
import { catalogErrors } from '../../model/catalog.errors.js';
import { catalogTags } from '../../model/catalog.tags.js';
import { slugFrom, slugWithId } from '../../model/slug.js';
import { lockCatalog } from '../catalog-lock.js';
import { categoryBreaches, type Category, type CategoryContent } from '../../model/category.js';
import { CategoryRepository } from './category.repository.js';

export interface NewCategory extends Omit<CategoryContent, 'slug'> {
  /** Made from the name when absent. */
  readonly slug?: string | undefined;
}

export type CategoryPatch = {
  readonly [Name in keyof CategoryContent]?: CategoryContent[Name] | undefined;
};

/** Names one category the way callers may: an id counts only within the store. */
export interface CategoryAddress {
  readonly storeCode: string;
  readonly id: string;
}

/**
 * Categories, as the back office changes them; one unit of work each, based on a version, audited.
 * Whatever shows the tree, or was selected by it, is void with the tree's tag.
 */
@Injectable()
export class CategoryEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: StoreLookup,
    private readonly categories: CategoryRepository,
  ) {}

  /** Throws `catalog.category-invalid`, `catalog.slug-taken`, `catalog.category-not-found` (parent). */
  async create(storeCode: string, input: NewCategory): Promise<Category> {
    return this.unitOfWork.run(async (tx) => {
      const { store, all } = await this.open(tx, storeCode);
      const now = systemClock.wallMs();
      const id = newId();
      const generated = slugFrom(input.names[store.defaultLocale] ?? '');
      const category: Category = {
        ...input,
        slug: input.slug ?? (generated === '' ? slugWithId('', id) : generated),
        id,
        storeId: store.id,
        version: 1,
        createdAt: now,
        updatedAt: now,
      };
      assertRules(store, all, category);
      await this.categories.insert(tx, category);
      tx.invalidate(catalogTags.categories(store.code));
      audit(tx, id, { action: 'catalog:category:create', after: category });
      return category;
    });
  }

  /** Throws `catalog.category-invalid`, `catalog.slug-taken`, `catalog.category-not-found`. */
  async update(
    { storeCode, id }: CategoryAddress,
    version: number,
    patch: CategoryPatch,
  ): Promise<Category> {
    return this.unitOfWork.run(async (tx) => {
      const { store, all } = await this.open(tx, storeCode);
      const before = versionOf(all, id, version);
      const given = Object.entries(patch).filter(([, value]) => value !== undefined);
      const content = { ...before, ...Object.fromEntries(given) } as Category;
      if (isSame(before, content)) return before;
      assertRules(store, all, content);
      const after = await this.categories.save(tx, {
        ...content,
        updatedAt: systemClock.wallMs(),
      });
      tx.invalidate(catalogTags.categories(store.code));
      audit(tx, id, { action: 'catalog:category:update', before, after });
      return after;
    });
  }

  /** Throws `catalog.category-in-use` while it has products or subcategories. */
  async remove({ storeCode, id }: CategoryAddress, version: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { store, all } = await this.open(tx, storeCode);
      const before = versionOf(all, id, version);
      await this.categories.remove(tx, before);
      tx.invalidate(catalogTags.categories(store.code));
      audit(tx, id, { action: 'catalog:category:delete', before });
    });
  }

  /** The lock comes first: slugs and the shape of the tree are checked against what is read here. */
  private async open(
    tx: Transaction,
    storeCode: string,
  ): Promise<{ readonly store: Store; readonly all: ReadonlyMap<string, Category> }> {
    const store = await this.stores.getByCode(tx, storeCode);
    await lockCatalog(tx, store.id);
    return { store, all: await this.categories.all(tx, store.id) };
  }
}

function versionOf(all: ReadonlyMap<string, Category>, id: string, version: number): Category {
  const category = all.get(id);
  if (category === undefined) throw catalogErrors.categoryNotFound({ details: { category: id } });
  if (category.version !== version) throw staleVersion(category.version);
  return category;
}

function assertRules(store: Store, all: ReadonlyMap<string, Category>, category: Category): void {
  const { id, parentId, slug } = category;
  if (parentId !== null && !all.has(parentId)) {
    throw catalogErrors.categoryNotFound({ details: { category: parentId } });
  }
  const breaches = categoryBreaches(store, all, category);
  if (breaches.length > 0) throw catalogErrors.categoryInvalid({ details: { errors: breaches } });
  if ([...all.values()].some((each) => each.slug === slug && each.id !== id)) {
    throw catalogErrors.slugTaken({ details: { slug } });
  }
}

function isSame(a: Category, b: Category): boolean {
  const parts = ({ parentId, slug, position, names }: Category) =>
    JSON.stringify([parentId, slug, position, Object.entries(names).sort(byLocale)]);
  return parts(a) === parts(b);
}

function byLocale([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}

function audit(
  tx: Transaction,
  entityId: string,
  entry: { readonly action: string; readonly before?: Category; readonly after?: Category },
): void {
  tx.audit({ entity: 'category', entityId, ...entry });
}
