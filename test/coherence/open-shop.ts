import { CategoryEditor, PictureRepository, RelatedProductRepository } from '#authoring/catalog';
import {
  ApiKeyEditor,
  ensureFirstAdministrator,
  RoleEditor,
  StaffUserEditor,
} from '#authoring/identity';
import { FacetSettingsEditor, SearchRuleEditor } from '#authoring/search';
import { StoreDirectory, StoreEditor } from '#authoring/stores';
import { CustomerDirectory, CustomerEditor, CustomerGroupEditor } from '#authoring/customers';
import { RegistrationEditor } from '#libs/customers';
import { sql } from '#libs/database';
import { newId } from '#libs/kernel';
import { shopperTokens } from '../../libs/customers/src/model/shopper-tokens.js';
import { variantDraft } from '../../libs/catalog/test/catalog-drafts.js';
import { PopularQueryRepository } from '../../libs/search/src/storefront/queries/popular-query.repository.js';
import { staffTokens } from '../../libs/identity/src/authoring/access/staff-tokens.js';
import { placeOrder } from './order-writes.js';
import { PASSWORD, principalOf } from './shop-people.js';
import type { ShopWorld } from './shop-world.js';

const IMAGES = ['/media/a.svg', '/media/b.svg'];

export async function openAccount(world: ShopWorld) {
  const { storeCode } = world;
  for (const code of ['trade', 'club']) {
    await world.get(CustomerGroupEditor).create(storeCode, { code, name: code });
  }
  const store = await world.get(StoreDirectory).get(storeCode);
  await world.get(RegistrationEditor).register({
    store,
    email: 'ada@example.com',
    password: PASSWORD,
    name: 'Ada',
    locale: 'en',
    address: 'here',
  });
  await world.unitOfWork.run((tx) =>
    tx.execute(sql`UPDATE customer SET verified_at = 1 WHERE email = 'ada@example.com'`),
  );
  const [customer] = await world.get(CustomerDirectory).list(storeCode, {}, undefined, 1);
  const address = { storeCode, id: customer?.id ?? '' };
  await world.get(CustomerEditor).update(address, customer?.version ?? 0, { group: 'trade' });
  await placeOrder(world, address.id, 1);
  const { id, token } = await world.signInShopper();
  return {
    customer: address.id,
    shopperSession: id,
    shopperSessionSha256: shopperTokens.read(token)?.sha256 ?? '',
  };
}

export async function openShop(world: ShopWorld) {
  const { storeCode, spareCode } = world;
  const content = {
    name: 'Shop',
    currencies: ['EUR', 'USD'],
    locales: ['en', 'de'],
    defaultCurrency: 'EUR',
    defaultLocale: 'en',
  };
  for (const code of [storeCode, spareCode]) await world.get(StoreEditor).create(code, content);
  await world.tell(storeCode, 'tax', {});
  await world.tell(storeCode, 'sales', {});
  await world.openPromotion('First');
  await world
    .get(SearchRuleEditor)
    .create(storeCode, { kind: 'synonyms', words: ['pad', 'cushion'] });
  await world
    .get(FacetSettingsEditor)
    .replace(storeCode, 0, { attributes: [{ code: 'colour', show: 'by-count' }] });
  const { id: storeId } = await world.get(StoreDirectory).get(storeCode);
  const query = { storeId, locale: 'en', query: 'pad stop', count: 1 };
  await world.unitOfWork.run((tx) =>
    world.get(PopularQueryRepository).add(tx, storeId, [query], 0),
  );
  const category = async (code: string, en: string, parentId: string | null = null) => {
    const names = { en, de: `${en} (de)` };
    const input = { parentId, position: 1, names };
    return (await world.get(CategoryEditor).create(code, input)).id;
  };
  const brakes = await category(storeCode, 'Brakes');
  const pads = await category(storeCode, 'Pads', brakes);
  const [pad, disc, hose] = [newId(), newId(), newId()];
  const text = (name: string) => ({
    name,
    descriptionHtml: '<p>Stops</p>',
    seoTitle: 'Stop',
    seoDescription: 'Stops',
  });
  const options = { options: ['Size', 'Colour', 'Kind'], categoryId: pads };
  await world.import('pad-handle', {
    ...options,
    id: pad,
    slug: 'pad',
    texts: { en: text('Pad'), de: text('Belag') },
    attributes: [{ code: 'material', value: 'steel' }],
    images: IMAGES.map((url) => ({ url, alt: 'a' })),
    variants: ['S', 'L'].map((size) =>
      variantDraft({
        sku: `PAD-${size}`,
        optionValues: [size, 'red', 'front'],
        barcode: `40${size}`,
        weightGrams: 100,
        imageUrl: IMAGES[0] ?? null,
      }),
    ),
  });
  await world.import('disc-handle', { id: disc, slug: 'disc', categoryId: brakes });
  await world.import('hose-handle', { id: hose, slug: 'hose' });

  await world.unitOfWork.run(async (tx) => {
    const body = '<svg/>';
    const picture = { path: 'demo/pad.svg', contentType: 'image/svg+xml', body };
    await world.get(PictureRepository).ensure(tx, [picture]);
    const related = new Map([[pad, [disc, hose]]]);
    await world.get(RelatedProductRepository).replace(tx, storeId, related);
  });
  return {
    brakes,
    pads,
    pad,
    disc,
    hose,
    tyres: await category(storeCode, 'Tyres'),
    empty: await category(storeCode, 'Empty'),
    spareCategory: await category(spareCode, 'Spare'),
  };
}

export async function openOffice(world: ShopWorld) {
  const administrator = { email: 'first@example.com', password: PASSWORD };
  await ensureFirstAdministrator(world.unitOfWork, administrator);
  const first = await world.administrator();
  const role = async (name: string, granted: string) =>
    (await world.get(RoleEditor).create(first, { name, permissions: [granted] })).id;
  const clerkRole = await role('Clerk', 'catalog:product:read');
  const otherRole = await role('Other', 'catalog:product:update');
  const { id: clerk } = await world.get(StaffUserEditor).create(first, {
    email: 'clerk@example.com',
    name: 'Clerk',
    password: PASSWORD,
    roleIds: [clerkRole],
  });
  const { id: session, token } = await world.signIn('clerk@example.com');
  const own = await world.signIn(administrator.email);
  const { key, secret } = await world.get(ApiKeyEditor).create(principalOf(clerk), {
    name: 'Till',
    permissions: ['catalog:product:read'],
    expiresAt: undefined,
  });
  return {
    ...{ clerkRole, otherRole, clerk, session, key: key.id },
    sessionSha256: staffTokens.read(token)?.sha256 ?? '',
    keySha256: staffTokens.read(secret)?.sha256 ?? '',
    ownSessionSha256: staffTokens.read(own.token)?.sha256 ?? '',
  };
}
