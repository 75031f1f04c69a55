import type { Store } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import { foldText, newId } from '#libs/kernel';
import type { Transaction } from '#libs/database';
import { catalogTags } from '../../model/catalog.tags.js';
import { slugFrom, slugWithId } from '../../model/slug.js';
import { categoryLimits, type Category } from '../../model/category.js';
import { CategoryRepository } from './category.repository.js';

/** The categories of a store while a unit of work adds to them by name. */
export class CategoryPaths {
  private readonly bySlug = new Set<string>();

  constructor(
    private readonly tx: Transaction,
    private readonly store: Store,
    readonly categories: Map<string, Category>,
    private readonly repository: CategoryRepository,
  ) {
    for (const { slug } of categories.values()) this.bySlug.add(slug);
  }

  /**
   * The category a path of names leads to, in the store's default language and regardless of
   * case and diacritics; creates what is missing. Undefined for an empty path.
   */
  async ensure(path: readonly string[]): Promise<string | undefined> {
    const names = path.map((name) => name.trim().slice(0, categoryLimits.nameLength));
    let parentId: string | null = null;
    for (const name of names.filter((each) => each !== '').slice(0, categoryLimits.depth)) {
      parentId = this.find(parentId, name) ?? (await this.create(parentId, name));
    }
    return parentId ?? undefined;
  }

  private find(parentId: string | null, name: string): string | undefined {
    const wanted = foldText(name);
    for (const category of this.categories.values()) {
      if (category.parentId !== parentId) continue;
      const own = category.names[this.store.defaultLocale];
      if (own !== undefined && foldText(own) === wanted) return category.id;
    }
    return undefined;
  }

  private async create(parentId: string | null, name: string): Promise<string> {
    const id = newId();
    const now = Date.now();
    const category: Category = {
      id,
      storeId: this.store.id,
      parentId,
      slug: this.freeSlug(parentId, name, id),
      position: [...this.categories.values()].filter((each) => each.parentId === parentId).length,
      names: { [this.store.defaultLocale]: name },
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await this.repository.insert(this.tx, category);
    this.categories.set(id, category);
    this.bySlug.add(category.slug);
    this.tx.invalidate(catalogTags.categories(this.store.code));
    return id;
  }

  private freeSlug(parentId: string | null, name: string, id: string): string {
    const plain = slugFrom(name);
    const parent = parentId === null ? undefined : this.categories.get(parentId);
    const candidates = [plain, parent === undefined ? '' : slugFrom(`${parent.slug} ${plain}`)];
    const free = candidates.find((slug) => slug !== '' && !this.bySlug.has(slug));
    return free ?? slugWithId(plain, id);
  }
}

/** Opens the categories of a store for finding and creating them by the names on their path. */
@Injectable()
export class CategoryPathFinder {
  constructor(private readonly repository: CategoryRepository) {}

  async open(tx: Transaction, store: Store): Promise<CategoryPaths> {
    return new CategoryPaths(tx, store, await this.repository.all(tx, store.id), this.repository);
  }
}
