import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft } from '../../../../catalog/test/catalog-drafts.js';
import { CatalogReplica } from '../../../../catalog/test/catalog-replica.js';
import { shopLists } from '../../../test/shop-lists.js';
import { SearchModule } from '../search.module.js';
import { SelectionReader, type SelectionKey } from './selection.reader.js';

describeOnEachDatabase('SelectionReader', (open) => {
  let replica: CatalogReplica;

  beforeAll(async () => {
    replica = await CatalogReplica.start(open, [SearchModule]);
  });

  afterAll(() => replica?.close());

  const { shopWith } = shopLists(() => replica);
  const context = {
    tag: () => undefined,
    readMemoryAt: () => undefined,
    signal: new AbortController().signal,
  };
  const read = (key: SelectionKey) => replica.app.get(SelectionReader).open(key, context);

  it('reads a filter once for a page and its facets, until a category is called otherwise', async () => {
    const store = await shopWith(productDraft('a', { categoryPath: ['Wheels'] }));
    const filter = { q: 'wheel rim', brands: [], attributes: {} };
    const key = { storeCode: store.code, locale: 'en', currency: 'EUR', filter };
    const selection = await read(key);
    expect(selection?.words[0]?.categories).toHaveLength(1);
    expect(await read({ ...key })).toBe(selection);
    // Whatever else is not the same makes another one.
    expect(await read({ ...key, filter: { ...filter } })).not.toBe(selection);
    expect(await read({ ...key, currency: 'USD' })).toMatchObject({ currency: 'USD' });
    expect(await read({ ...key, locale: 'de' })).toMatchObject({ languageCode: 'de' });
    const whole = { ...key, filter: { brands: [], attributes: {} } };
    expect(await read(whole)).toMatchObject({ languageCode: 'en' });
    expect(await read({ ...whole, locale: 'de' })).toMatchObject({ languageCode: 'de' });
    const before = await read(key);
    await replica.saveMany(store, [productDraft('b', { categoryPath: ['Wheel caps'] })]);
    const after = await read(key);
    expect(after).not.toBe(before);
    expect(after?.words[0]?.categories).toHaveLength(2);
  });
});
