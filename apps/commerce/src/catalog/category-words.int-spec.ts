import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft } from '../../../../libs/catalog/test/catalog-drafts.js';
import {
  CategoryEditor,
  type CategoryPatch,
} from '../../../../libs/catalog/src/authoring/categories/category.editor.js';
import { SearchedShop } from '../../../../test/support/searched-shop.js';

describeOnEachDatabase('names of categories in searches of a commerce replica', (open) => {
  let shop: SearchedShop;
  let editor: CategoryEditor;

  beforeAll(async () => {
    shop = await SearchedShop.open(open, [
      productDraft('sprint', { name: 'Sprint', categoryPath: ['Footwear', 'Shoes'] }),
      productDraft('hike', { name: 'Hike', categoryPath: ['Footwear', 'Boots'] }),
      productDraft('glow', { name: 'Glow', categoryPath: ['Lamps'] }),
    ]);
    const { unitOfWork, storeLookup, categories } = shop.catalog;
    editor = new CategoryEditor(unitOfWork, storeLookup, categories);
  });

  afterAll(() => shop?.close());

  const found = async (q: string) => (await shop.names({ q })).sort();

  const edit = async (slug: string, patch: CategoryPatch): Promise<void> => {
    const { storeCode, id, version } = await addressOf(slug);
    await editor.update({ storeCode, id }, version, patch);
  };

  const addressOf = async (slug: string) => {
    const [row] = await shop.catalog.reader.query<{ id: string; version: number }>(
      sql`SELECT id, version FROM category WHERE store_id = ${shop.store.id} AND slug = ${slug}`,
    );
    return { storeCode: shop.store.code, id: row?.id ?? '', version: Number(row?.version) };
  };

  it('find what is in them and below, with facets and suggestions', async () => {
    expect(await found('shoes')).toEqual(['Sprint']);
    expect(await found('footwear')).toEqual(['Hike', 'Sprint']);
    expect(await found('footwear hike')).toEqual(['Hike']);
    expect(await found('foot')).toEqual(['Hike', 'Sprint']);
    expect((await shop.list({ q: 'footwear', facets: 'true' })).facets?.total).toBe(2);
    const suggested = await shop.ask({ q: 'shoe' }, true, 'search/suggestions');
    expect(suggested.json()).toMatchObject({
      products: [{ name: 'Sprint' }],
      categories: [{ name: 'Shoes', count: 1 }],
    });
  });

  it('are those of the language that is asked for, and of the store where it has none', async () => {
    await edit('lamps', { names: { en: 'Lamps', de: 'Leuchten' } });
    expect(await shop.names({ q: 'leuchte', locale: 'de' })).toEqual(['Glow']);
    expect(await shop.names({ q: 'leuchte', locale: 'en' })).toEqual([]);
    expect(await shop.names({ q: 'shoes', locale: 'de' })).toEqual(['Sprint']);
  });

  it('count as they are at the position of a search, when one is renamed, moved, or another is chosen', async () => {
    await edit('footwear', { names: { en: 'Kicks' } });
    expect(await found('kicks')).toEqual(['Hike', 'Sprint']);
    expect(await found('footwear')).toEqual([]);

    const { id: lamps } = await addressOf('lamps');
    await edit('shoes', { parentId: lamps });
    expect(await found('kicks')).toEqual(['Hike']);
    expect(await found('lamps')).toEqual(['Glow', 'Sprint']);

    await shop.catalog.saveMany(shop.store, [
      productDraft('sprint', { name: 'Sprint', categoryPath: ['Kicks', 'Boots'] }),
    ]);
    expect(await found('shoes')).toEqual([]);
    expect(await found('boots')).toEqual(['Hike', 'Sprint']);
    expect(await found('lamps')).toEqual(['Glow']);

    const { storeCode, id, version } = await addressOf('shoes');
    await editor.remove({ storeCode, id }, version);
    expect(await found('shoes')).toEqual([]);
  });
});
