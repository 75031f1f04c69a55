import type { Store } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { newId } from '#libs/kernel';
import { CategoryPathFinder, type CategoryPaths } from '../categories/category-path.js';
import { slugFrom } from '../../model/slug.js';
import { lockCatalog } from '../catalog-lock.js';
import { matchVariants, withoutRepeats } from './draft-matching.js';
import { isChanged, tagsOf, type ProductChange } from './product-change.js';
import type { ProductDraft } from '../../model/product-draft.js';
import { ProductHeadRepository } from './product-head.repository.js';
import { ProductRowRepository } from './product-row.repository.js';
import { judgeDrafts, type Candidate, type RejectedDraft } from './judge-drafts.js';
import { noRows, productRows } from './product-rows.js';
import type { ProductSheet } from '../../model/product-sheet.js';
import type { Product } from '../../model/product.js';
import { ProductSheets } from '../listing/product-sheets.js';
import { skuOwnersAfter, TakenNames, type SkuOwners } from './taken-names.js';

export interface SaveManyResult {
  readonly created: number;
  readonly updated: number;
  /** Stored before with the same hash. */
  readonly unchanged: number;
  readonly rejected: readonly RejectedDraft[];
  /** What was invalidated: one set for the whole batch, already recorded in the unit of work. */
  readonly tags: readonly string[];
}

/** What saving a batch would do. */
export interface ForeseenMany extends Omit<SaveManyResult, 'tags'> {
  /** Who would have the SKUs that the batch changes. */
  readonly skuOwners: SkuOwners;
}

interface Judged extends Omit<SaveManyResult, 'tags'> {
  readonly changes: readonly ProductChange[];
  /** Absent when nothing changes. */
  readonly paths?: CategoryPaths;
}

const NO_OWNERS: SkuOwners = new Map();

/**
 * Stores products in bulk.
 *
 * - A draft whose hash is stored already is neither written nor invalidated, so saving the same
 *   drafts again has no effect.
 * - A stored product is recognised by its source key and changed in place: its id and the ids of
 *   the variants that are still there stay.
 * - Batches of one store exclude each other, so two writers never create a product twice.
 * - A draft that breaks a rule, or needs a slug or SKU that another product has, is rejected by
 *   itself.
 */
@Injectable()
export class ProductWriter {
  constructor(
    private readonly heads: ProductHeadRepository,
    private readonly rows: ProductRowRepository,
    private readonly categoryPaths: CategoryPathFinder,
    private readonly sheets: ProductSheets,
  ) {}

  /** At most a few hundred drafts at once: a batch is one transaction with everything in memory. */
  async saveMany(
    tx: Transaction,
    store: Store,
    drafts: readonly ProductDraft[],
  ): Promise<SaveManyResult> {
    const { changes, paths, ...result } = await this.judge(tx, store, drafts, NO_OWNERS);
    const tags = paths === undefined ? [] : await this.write(tx, store, changes, paths);
    return { ...result, tags };
  }

  /**
   * What `saveMany` would answer after batches that were foreseen too; `assumed` holds their
   * `skuOwners`. It stores no product, but may add categories: the caller rolls back.
   */
  async foreseeMany(
    tx: Transaction,
    store: Store,
    drafts: readonly ProductDraft[],
    assumed: SkuOwners,
  ): Promise<ForeseenMany> {
    const { changes, created, updated, unchanged, rejected } = await this.judge(
      tx,
      store,
      drafts,
      assumed,
    );
    return { created, updated, unchanged, rejected, skuOwners: skuOwnersAfter(changes) };
  }

  private async judge(
    tx: Transaction,
    store: Store,
    drafts: readonly ProductDraft[],
    assumed: SkuOwners,
  ): Promise<Judged> {
    await lockCatalog(tx, store.id);
    const { first, repeated } = withoutRepeats(drafts);
    const stored = await this.heads.findBySource(
      tx,
      store.id,
      first.map(({ sourceKey }) => sourceKey),
    );
    const different = first.filter(
      ({ sourceKey, sourceHash }) => stored.get(sourceKey)?.sourceHash !== sourceHash,
    );
    const rejected: RejectedDraft[] = repeated.map(({ sourceKey }) => ({
      sourceKey,
      breaches: [{ path: 'sourceKey', message: 'appears more than once' }],
    }));
    const unchanged = first.length - different.length;
    if (different.length === 0) {
      return { created: 0, updated: 0, unchanged, rejected, changes: [] };
    }
    const paths = await this.categoryPaths.open(tx, store);
    const candidates = await this.candidatesOf(tx, store, different, stored);
    const wanted = candidates.map((candidate) => candidate.wanted);
    const names = await TakenNames.load(tx, store.id, wanted, assumed);
    const judgement = judgeDrafts(store, candidates, names, paths);
    rejected.push(...judgement.rejected);
    const changes = await this.changesOf(judgement.accepted, paths);
    const created = changes.filter(({ before }) => before === undefined).length;
    const updated = changes.length - created;
    return { created, updated, unchanged, rejected, changes, paths };
  }

  private async changesOf(
    accepted: readonly Candidate[],
    paths: CategoryPaths,
  ): Promise<ProductChange[]> {
    const changes: ProductChange[] = [];
    for (const { draft, before, wanted } of accepted) {
      // Only accepted drafts may create categories.
      const categoryId = draft.categoryId ?? (await paths.ensure(draft.categoryPath ?? []));
      changes.push(withRows(before, { ...wanted, categoryId: categoryId ?? null }));
    }
    return changes.filter(isChanged);
  }

  private async candidatesOf(
    tx: Transaction,
    store: Store,
    drafts: readonly ProductDraft[],
    stored: ReadonlyMap<string, Product>,
  ): Promise<Candidate[]> {
    const heads = drafts.flatMap(({ sourceKey }) => stored.get(sourceKey) ?? []);
    const sheets = await this.sheets.load(tx, store.id, heads);
    return drafts.map((draft) => {
      const before = sheets.get(stored.get(draft.sourceKey)?.id ?? '');
      return { draft, before, wanted: applied(store, draft, before) };
    });
  }

  private async write(
    tx: Transaction,
    store: Store,
    changes: readonly ProductChange[],
    { categories }: CategoryPaths,
  ): Promise<string[]> {
    await this.heads.saveMany(tx, changes);
    await this.rows.replace(
      tx,
      changes.map(({ rowsBefore, rowsAfter }) => ({ before: rowsBefore, after: rowsAfter })),
    );
    await this.sheets.write(tx, store.id, changes);
    const tags = [...new Set(changes.flatMap((change) => tagsOf(store, categories, change)))];
    tx.invalidate(...tags);
    return tags;
  }
}

function applied(
  store: Store,
  draft: ProductDraft,
  before: ProductSheet | undefined,
): ProductSheet {
  const now = Date.now();
  const name = draft.texts[store.defaultLocale]?.name ?? '';
  return {
    id: before?.id ?? draft.id ?? newId(),
    storeId: store.id,
    slug: draft.slug ?? before?.slug ?? (slugFrom(draft.preferredSlug ?? '') || slugFrom(name)),
    status: draft.status,
    brand: draft.brand,
    categoryId: null,
    // A source often knows one language only; what is stored in others stays.
    texts: { ...before?.texts, ...draft.texts },
    options: draft.options,
    attributes: draft.attributes,
    images: draft.images,
    variants: matchVariants(before?.variants ?? [], draft.variants),
    sourceKey: draft.sourceKey,
    sourceHash: draft.sourceHash,
    version: before?.version ?? 1,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
}

function withRows(before: ProductSheet | undefined, after: ProductSheet): ProductChange {
  return {
    before,
    after,
    rowsBefore: before === undefined ? noRows : productRows(before),
    rowsAfter: productRows(after),
  };
}
