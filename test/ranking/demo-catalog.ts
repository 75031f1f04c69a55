import type { IndexedProduct } from '../../libs/search/src/model/index/indexed-product.js';
import { searchedTexts } from '../../libs/search/src/model/index/searched-texts.js';
import { demoShop } from '../../tools/demo/demo-shop.js';

/** The products of the demo shop as the index takes them in; all can be had. */
export function demoCatalog(): IndexedProduct[] {
  return demoShop().products.map(({ id, categoryId, draft }, number) => ({
    id,
    names: Object.fromEntries(
      Object.entries(draft.texts).map(([locale, { name }]) => [locale, name]),
    ),
    texts: searchedTexts(draft),
    brand: draft.brand,
    categoryId,
    attributes: draft.attributes,
    prices: { EUR: [1_000] },
    availability: 'in-stock',
    createdAt: number,
    publishedAt: number,
  }));
}
