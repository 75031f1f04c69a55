import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { sql } from '#libs/database';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft } from '../../../catalog/test/catalog-drafts.js';
import { CatalogFixture } from '../../../catalog/test/catalog-fixture.js';
import { StoreEditor } from './store.editor.js';

const content = {
  name: 'A store',
  currencies: ['EUR', 'USD'],
  locales: ['en'],
  defaultCurrency: 'EUR',
  defaultLocale: 'en',
};

describeOnEachDatabase('StoreEditor', (open) => {
  let catalog: CatalogFixture;
  let editor: StoreEditor;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
    editor = new StoreEditor(
      catalog.unitOfWork,
      catalog.storeLookup,
      catalog.stores,
      catalog.storeDependants,
    );
  });

  afterAll(() => catalog.close());

  const newCode = (): string => `s-${newId().slice(-12)}`;

  it('gives a code to one store only, also when two ask at once', async () => {
    const code = newCode();
    const outcomes = await Promise.allSettled([
      editor.create(code, content),
      editor.create(code, content),
    ]);
    expect(outcomes.map(({ status }) => status).sort((a, b) => (a < b ? -1 : 1))).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'catalog.store-code-taken' },
    });
  });

  it('does not take away what products use, nor a store that has products', async () => {
    const store = await editor.create(newCode(), content);
    expect(await editor.update(store.code, 1, { currencies: ['EUR'] })).toMatchObject({
      version: 2,
    });
    await editor.update(store.code, 2, { currencies: ['EUR', 'USD'] });
    await catalog.saveMany(store, [productDraft('a')]);
    const inUse = { status: 409, code: 'catalog.store-in-use' };
    await expect(editor.update(store.code, 3, { currencies: ['EUR'] })).rejects.toMatchObject(
      inUse,
    );
    await expect(editor.remove(store.code, 3)).rejects.toMatchObject(inUse);
  });

  it.each([
    ['a language', { locales: ['en'] }],
    ['a currency', { currencies: ['EUR'] }],
    ['its default language', { defaultLocale: 'de' }],
  ])('does not lose %s while there are products', async (_, patch) => {
    const bilingual = { ...content, locales: ['en', 'de'] };
    const store = await editor.create(newCode(), bilingual);
    await catalog.saveMany(store, [productDraft('a')]);
    await expect(editor.update(store.code, 1, patch)).rejects.toMatchObject({
      status: 409,
      code: 'catalog.store-in-use',
    });
    const empty = await editor.create(newCode(), bilingual);
    expect(await editor.update(empty.code, 1, patch)).toMatchObject(patch);
  });

  it('refuses what breaks a rule, and a change that is based on another version, and leaves the store as it is', async () => {
    const store = await editor.create(newCode(), content);
    catalog.takeTags();
    const wrong = { defaultLocale: 'fr' };
    await expect(editor.create(newCode(), { ...content, ...wrong })).rejects.toMatchObject({
      code: 'catalog.store-invalid',
    });
    await expect(editor.update(store.code, 1, wrong)).rejects.toMatchObject({
      code: 'catalog.store-invalid',
    });
    for (const change of [
      editor.update(store.code, 2, { name: 'Another' }),
      editor.remove(store.code, 2),
    ]) {
      await expect(change).rejects.toMatchObject({ code: 'http.stale-version' });
    }
    expect(catalog.takeTags()).toEqual([]);
    expect(await editor.update(store.code, 1, {})).toEqual(store);
  });

  it('invalidates the store with each change, and tells the audit log what was and what is', async () => {
    const code = newCode();
    catalog.takeTags();
    const tagsOf = async <T>(change: Promise<T>): Promise<[T, string[]]> => [
      await change,
      catalog.takeTags(),
    ];
    const [created, ofCreation] = await tagsOf(editor.create(code, content));
    const [updated, ofUpdate] = await tagsOf(editor.update(code, 1, { name: 'Another' }));
    const [, ofRemoval] = await tagsOf(editor.remove(code, 2));
    for (const tags of [ofCreation, ofUpdate, ofRemoval]) expect(tags).toContain(`store:${code}`);
    const lines = await catalog.reader.query<Record<'action' | 'was' | 'became', string>>(
      sql`SELECT action, before_json AS was, after_json AS became FROM audit_log WHERE entity_id = ${created.id} ORDER BY id`,
    );
    const of = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
    expect(lines.map(({ action, was, became }) => [action, of(was), of(became)])).toEqual([
      ['catalog:store:create', null, created],
      ['catalog:store:update', created, updated],
      ['catalog:store:delete', updated, null],
    ]);
  });

  it('writes and invalidates nothing when nothing changes', async () => {
    const store = await editor.create(newCode(), content);
    catalog.takeTags();
    expect(await editor.update(store.code, 1, { name: 'A store' })).toEqual(store);
    expect(catalog.takeTags()).toEqual([]);
  });
});
