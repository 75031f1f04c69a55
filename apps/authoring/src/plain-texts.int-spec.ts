import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEachDatabase } from '#libs/testing';
import { openBackOffice, someStore, type BackOffice } from '../../../test/support/back-office.js';
import type { StaffReplica } from '../../../test/support/staff-replica.js';
import { CatalogApiModule } from './catalog/catalog-api.module.js';
import { IdentityApiModule } from './identity/identity-api.module.js';

interface ProblemBody {
  readonly code: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}

const store = (changes: object = {}) => ({ ...someStore, ...changes });

const product = (changes: object, variant: object = {}) => ({
  store: 'shop',
  slug: `product-${randomUUID()}`,
  texts: { en: { name: 'Cup' } },
  variants: [variant],
  ...changes,
});

const user = (changes: object) => ({
  email: 'someone@example.com',
  name: 'Someone',
  password: 'a long enough password',
  ...changes,
});

/** What is sent with a text in one place, by where the answer has to say that it is wrong. */
const places: readonly (readonly [string, string, string, (text: string) => object])[] = [
  ['/stores', 'name', 'name', (name) => store({ code: 'other', name })],
  ['/categories', 'name', 'names.en', (name) => ({ store: 'shop', names: { en: name } })],
  ['/products', 'name', 'texts.en.name', (name) => product({ texts: { en: { name } } })],
  [
    '/products',
    'SEO title',
    'texts.en.seoTitle',
    (seoTitle) => product({ texts: { en: { name: 'Cup', seoTitle } } }),
  ],
  [
    '/products',
    'SEO description',
    'texts.en.seoDescription',
    (seoDescription) => product({ texts: { en: { name: 'Cup', seoDescription } } }),
  ],
  ['/products', 'brand', 'brand', (brand) => product({ brand })],
  [
    '/products',
    'option',
    'options.0',
    (name) => product({ options: [name] }, { optionValues: ['S'] }),
  ],
  [
    '/products',
    'option value',
    'variants.0.optionValues.0',
    (value) => product({ options: ['Size'] }, { optionValues: [value] }),
  ],
  ['/products', 'SKU', 'variants.0.sku', (sku) => product({}, { sku })],
  ['/products', 'barcode', 'variants.0.barcode', (barcode) => product({}, { barcode })],
  [
    '/products',
    'attribute value',
    'attributes.0.value',
    (value) => product({ attributes: [{ code: 'tag', value }] }),
  ],
  [
    '/products',
    'text of an image',
    'images.0.alt',
    (alt) => product({ images: [{ url: '/a.png', alt }] }),
  ],
  ['/roles', 'name', 'name', (name) => ({ name, permissions: [] })],
  ['/users', 'name', 'name', (name) => user({ name })],
  ['/api-keys', 'name', 'name', (name) => ({ name, permissions: ['catalog:product:read'] })],
];

describeOnEachDatabase('names, codes and values in the back office', (open) => {
  let office: BackOffice;
  let replica: StaffReplica;
  let token: string;

  beforeAll(async () => {
    office = await openBackOffice(open, [IdentityApiModule, CatalogApiModule]);
    ({ replica, token } = office);
    await replica.call('POST', '/stores', { token, body: store() });
  });

  afterAll(async () => {
    await office?.close();
  });

  it.each(places)('%s refuses a %s that cannot be seen or stored', async (path, _, at, bodyOf) => {
    for (const [text, what] of [
      ['a\u0000b', 'a control character'],
      ['a\ud800b', 'half of a surrogate pair'],
      ['a\u202eb', 'a control of the writing direction'],
    ] as const) {
      const body = bodyOf(text);
      const answer = await replica.call<ProblemBody>('POST', path, { token, body });
      expect(answer).toMatchObject({ status: 400, body: { code: 'http.validation-failed' } });
      expect(answer.body.errors).toEqual([{ path: at, message: `Holds ${what}` }]);
    }
  });

  it.each(places)('%s takes a %s of any language', async (path, _, _at, bodyOf) => {
    const text = 'Größe 漢字 😀 \u200dß';
    const answer = await replica.call('POST', path, { token, body: bodyOf(text) });
    expect(answer.status).toBe(201);
  });
});
