import {
  FacetSettingsDirectory,
  FacetSettingsEditor,
  SearchRuleDirectory,
  SearchRuleEditor,
  type SearchRule,
  type FacetSettings,
  type SearchRuleContent,
} from '#authoring/search';
import { StoreDirectory } from '#authoring/stores';
import { PopularQueryPruner } from '../../libs/search/src/authoring/queries/popular-query.pruner.js';
import { PopularQueryRepository } from '../../libs/search/src/storefront/queries/popular-query.repository.js';
import type { Write } from './catalog-writes.js';
import type { ShopWorld } from './shop-world.js';

const changed = (name: string, content: SearchRuleContent): Write => ({
  name: `a search rule: ${name}`,
  run: async (shop) => {
    const { id, version } = await rule(shop);
    await shop.get(SearchRuleEditor).update({ storeCode: shop.storeCode, id }, version, content);
  },
});

/** The oldest rule: the shop was opened with it. */
async function rule(shop: ShopWorld): Promise<SearchRule> {
  const [oldest] = await shop.get(SearchRuleDirectory).list(shop.storeCode, '', 1);
  if (oldest === undefined) throw new TypeError('the shop has no search rule');
  return oldest;
}

const used = (query: string, uses: number): Write => ({
  name: `${query} is searched for ${uses} times`,
  run: async (shop) => {
    const { id } = await shop.get(StoreDirectory).get(shop.storeCode);
    const queries = [{ storeId: id, locale: 'en', query, count: 1 }];
    for (let minute = 0; minute < uses; minute += 1) {
      await shop.unitOfWork.run((tx) => shop.get(PopularQueryRepository).add(tx, id, queries, 0));
    }
  },
});

const arranged = (name: string, attributes: FacetSettings['attributes']): Write => ({
  name: `facets: ${name}`,
  run: async (shop) => {
    const { version } = await shop.get(FacetSettingsDirectory).get(shop.storeCode);
    await shop.get(FacetSettingsEditor).replace(shop.storeCode, version, { attributes });
  },
});

/** What is written to synonyms, redirects and facets, and what is searched for. */
export const searchWrites: readonly Write[] = [
  used('pad stop', 3),
  used('pad stop', 1),
  used('pad stops', 10),
  used('pad stop', 20),
  {
    name: 'a search rule is made',
    run: async (shop) => {
      const content = { kind: 'redirect', words: ['disc'], url: '/discs' } as const;
      await shop.get(SearchRuleEditor).create(shop.storeCode, content);
    },
  },
  changed('other words', { kind: 'synonyms', words: ['pad', 'disc'] }),
  changed('one way', { kind: 'one-way', words: ['pad'], synonyms: ['hose'] }),
  changed('a redirect', { kind: 'redirect', words: ['pad'], url: '/pads' }),
  {
    name: 'a search rule is removed',
    run: async (shop) => {
      const { id, version } = await rule(shop);
      await shop.get(SearchRuleEditor).remove({ storeCode: shop.storeCode, id }, version);
    },
  },
  arranged('one goes first', [{ code: 'material', show: 'by-value' }]),
  arranged('one is hidden', [{ code: 'material', show: 'never' }]),
  arranged('values are listed', [{ code: 'material', show: 'as-listed', values: ['wood'] }]),
  arranged('as without settings', []),
  {
    name: 'popular queries are pruned',
    run: async (shop) => {
      await shop.get(PopularQueryPruner).pruneBatch(Date.now());
    },
  },
];
