import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DatabaseClock } from '#libs/database';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft } from '../../../../libs/catalog/test/catalog-drafts.js';
import { FacetSettingsEditor } from '../../../../libs/search/src/authoring/facets/facet-settings.editor.js';
import { FacetSettingsLookup } from '../../../../libs/search/src/model/facets/facet-settings-lookup.js';
import { SearchedShop } from '../../../../test/support/searched-shop.js';

const sized = (key: string, ...attributes: readonly (readonly [code: string, value: string])[]) =>
  productDraft(key, { attributes: attributes.map(([code, value]) => ({ code, value })) });

describeOnEachDatabase('the facets of a commerce replica', (open) => {
  let shop: SearchedShop;

  beforeAll(async () => {
    shop = await SearchedShop.open(open, [
      sized('a', ['size', 'M'], ['colour', 'red'], ['fit', 'slim']),
      sized('b', ['size', 'M'], ['colour', 'red'], ['fit', 'wide']),
      sized('c', ['size', 'S'], ['colour', 'blue'], ['fit', 'wide']),
      sized('d', ['size', 'L'], ['colour', 'red']),
    ]);
  });

  afterAll(() => shop?.close());

  const shown = async () => {
    const { facets } = await shop.list({ facets: 'true' });
    return facets?.attributes.map(({ code, values }) => [
      code,
      ...values.map((each) => each.value),
    ]);
  };

  it('are as staff have set them as soon as it is committed, whatever was held', async () => {
    const editor = new FacetSettingsEditor(
      shop.catalog.unitOfWork,
      shop.app.get(DatabaseClock),
      shop.catalog.storeLookup,
      new FacetSettingsLookup(),
    );
    const byCount = [
      ['colour', 'red', 'blue'],
      ['fit', 'wide', 'slim'],
      ['size', 'M', 'L', 'S'],
    ];
    // Asked for twice: the second time counts are held.
    for (let times = 0; times < 2; times += 1) expect(await shown()).toEqual(byCount);
    const attributes = [
      { code: 'size', show: 'as-listed', values: ['S', 'M', 'L'] },
      { code: 'colour', show: 'by-value' },
    ] as const;
    await editor.replace(shop.store.code, 0, { attributes });
    for (let times = 0; times < 2; times += 1) {
      expect(await shown()).toEqual([
        ['size', 'S', 'M', 'L'],
        ['colour', 'blue', 'red'],
        ['fit', 'wide', 'slim'],
      ]);
    }
    await editor.replace(shop.store.code, 1, { attributes: [{ code: 'fit', show: 'never' }] });
    expect(await shown()).toEqual([byCount[0], byCount[2]]);
    expect((await shop.list({ 'filter[fit]': 'wide' })).items).toHaveLength(2);
    await editor.replace(shop.store.code, 2, { attributes: [] });
    expect(await shown()).toEqual(byCount);
  });
});
