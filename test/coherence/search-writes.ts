import {
  SearchRuleDirectory,
  SearchRuleEditor,
  type SearchRule,
  type SearchRuleContent,
} from '#authoring/search';
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

/** What is written to synonyms and redirects. */
export const searchWrites: readonly Write[] = [
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
];
