import type { ProductDraft } from '#authoring/catalog';
import type { Store } from '#libs/stores';
import type { CatalogReplica } from '../../catalog/test/catalog-replica.js';
import {
  ProductListReader,
  type ProductList,
} from '../src/storefront/listing/product-list.reader.js';
import type { ProductListKey } from '../src/storefront/listing/product-query.js';

/** What a test says of a list; the rest is the whole assortment by name, in English and euros. */
export type Wanted = Partial<Omit<ProductListKey, 'filter'>> & {
  readonly filter?: Partial<ProductListKey['filter']>;
};

/** What the products of a list are called, in its order. */
export const names = ({ items }: ProductList): string[] => items.map(({ name }) => name);

/** Shops of a replica that is there when the tests run, and lists of their products. */
export function shopLists(replica: () => CatalogReplica) {
  const list = async (store: Store, wanted: Wanted = {}, withFacets = false) =>
    replica()
      .app.get(ProductListReader)
      .list(
        {
          storeCode: store.code,
          locale: 'en',
          currency: 'EUR',
          sort: 'name',
          limit: 100,
          ...wanted,
          filter: { brands: [], attributes: {}, ...wanted.filter },
        },
        withFacets,
      );

  const shopWith = async (...drafts: ProductDraft[]): Promise<Store> => {
    const store = await replica().addStore();
    await replica().saveMany(store, drafts);
    return store;
  };

  /** All names, page by page; `between` runs after each page. */
  const pageThrough = async (
    store: Store,
    wanted: Wanted,
    between: (page: number) => Promise<unknown> = async () => undefined,
  ): Promise<string[]> => {
    const seen: string[] = [];
    let after: ProductListKey['after'];
    for (let page = 0; page < 50; page += 1) {
      const key = after === undefined ? wanted : { ...wanted, after };
      const answer = await list(store, key);
      seen.push(...names(answer));
      if (answer.next === undefined) return seen;
      after = answer.next;
      await between(page);
    }
    throw new Error('the list does not end');
  };

  return { list, shopWith, pageThrough };
}
