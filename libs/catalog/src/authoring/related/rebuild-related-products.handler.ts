import { StoreLookup, type Store } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { chunksOf, UnitOfWork } from '#libs/database';
import { delay } from '#libs/kernel';
import {
  rebuildRelatedProductsJob,
  type RebuildRelatedProducts,
} from './rebuild-related-products.job.js';
import { RelatedProductRepository } from './related-product.repository.js';
import { relatedTo, RelationGroup, type RelationFacts } from './related-products.js';

/**
 * Products in one unit of work. On SQLite it holds the event loop and the write lock for as long as it takes, and what
 * others have committed is announced only after it: so it is about ten milliseconds.
 */
const CHUNK_SIZE = 20;
/** A process that stood still, or waited for a lock, has not worked for so long. */
const LONGEST_REST_MS = 1_000;

/**
 * Works out related products category by category; only what changes is written and invalidated. No person waits
 * for that of a whole store, so it works for at most half of the time.
 */
@Injectable()
@JobHandler(rebuildRelatedProductsJob, { concurrency: 1 })
export class RebuildRelatedProductsHandler implements HandlesJob<RebuildRelatedProducts> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: StoreLookup,
    private readonly related: RelatedProductRepository,
  ) {}

  async handle(payload: RebuildRelatedProducts, context: JobContext): Promise<void> {
    const { storeId, productId } = payload;
    const store = await this.unitOfWork.run((tx) => this.stores.findById(tx, storeId));
    let products = 0;
    if (store !== undefined && productId !== undefined) {
      products = await this.rebuildOne(store, productId, context);
    } else if (store !== undefined) {
      for (const categoryId of await this.related.categoriesInUse(storeId)) {
        products += await this.rebuildCategory(store, categoryId, context);
        context.progress({ products });
      }
    }
    await context.complete(async () => ({ products }));
  }

  private async rebuildOne(store: Store, productId: string, context: JobContext): Promise<number> {
    const place = await this.related.categoryOf(store.id, productId);
    if (place === undefined) return 0;
    const group = await this.groupOf(store, place.categoryId);
    const product = group.members.find(({ id }) => id === productId);
    if (product === undefined) return 0;
    await this.rebuildChunk(store, group, [product], context);
    return 1;
  }

  private async rebuildCategory(
    store: Store,
    categoryId: string | null,
    context: JobContext,
  ): Promise<number> {
    const group = await this.groupOf(store, categoryId);
    for (const chunk of chunksOf(group.members, CHUNK_SIZE)) {
      const beganMs = performance.now();
      await this.rebuildChunk(store, group, chunk, context);
      await delay(Math.min(performance.now() - beganMs, LONGEST_REST_MS), context.signal);
    }
    return group.members.length;
  }

  private async groupOf(store: Store, categoryId: string | null): Promise<RelationGroup> {
    return new RelationGroup(
      await this.related.membersOf(store.id, categoryId, store.defaultCurrency),
    );
  }

  private async rebuildChunk(
    store: Store,
    group: RelationGroup,
    chunk: readonly RelationFacts[],
    context: JobContext,
  ): Promise<void> {
    const candidates = new Map(chunk.map((product) => [product, group.candidates(product)]));
    const ids = new Set([...candidates].flat(2).map(({ id }) => id));
    const attributes = await this.related.attributesOf([...ids]);
    const wanted = new Map(
      [...candidates].map(([product, others]) => [
        product.id,
        relatedTo(product, others, attributes),
      ]),
    );
    await context.step(`from-${chunk[0]?.id}`, async (tx) => {
      await this.related.replace(tx, store.id, wanted);
    });
  }
}
