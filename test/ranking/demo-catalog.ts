import type { CategoryNames } from '../../libs/search/src/model/index/category-names.js';
import type { IndexedProduct } from '../../libs/search/src/model/index/indexed-product.js';
import { searchedTexts } from '../../libs/search/src/model/index/searched-texts.js';
import { categoryNames } from '../../libs/search/test/indexed-products.js';
import { demoShop } from '../../tools/demo/demo-shop.js';

/** What its categories are called. */
export function demoCategories(locale: 'en' | 'de'): CategoryNames {
  return categoryNames(
    demoShop().categories.map(({ id, slug, parentId = null, name }) => ({
      id,
      slug,
      parentId,
      name: name[locale],
    })),
    locale,
  );
}

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
    popularity: 0,
  }));
}
