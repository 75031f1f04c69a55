import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CartEditor, type CartAddress } from '#libs/carts';
import { StoreReader, type SalesSettings, type ShippingMethod } from '#libs/stores';
import { StoreSettingsEditor } from '#authoring/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../catalog/test/catalog-drafts.js';
import { someAddress } from '../../../stores/test/some-address.js';
import { betweenPlanAndPlacing } from '../../test/between-plan-and-placing.js';
import { OrderShop } from '../../test/order-shop.js';
import { FulfilmentDirectory } from '../authoring/fulfilment/fulfilment.directory.js';
import { OrderEditor } from '../authoring/order.editor.js';
import { OrderReader } from './order.reader.js';

const pad = (weightGrams: number) =>
  productDraft('pad', {
    variants: [
      variantDraft({
        sku: 'PAD',
        weightGrams,
        prices: [{ currency: 'EUR', amountMinor: 1_000, compareAtMinor: null }],
        stock: { onHand: 1_000, isTracked: true, allowsBackorder: false },
      }),
    ],
  });

const parcel = (lightMinor: number): ShippingMethod => ({
  code: 'parcel',
  name: 'Parcel',
  countries: [],
  pricesMinor: {},
  freeFromMinor: {},
  rates: {
    by: 'weight',
    zones: [
      {
        name: 'Germany',
        areas: [{ country: 'DE', postalCodes: null }],
        rows: {
          EUR: [
            { upTo: 1_000, priceMinor: lightMinor },
            { upTo: 2_000, priceMinor: 900 },
          ],
        },
      },
    ],
  },
  carrier: { name: 'Carrier', trackingUrl: 'https://carrier.example/{number}/where' },
});

const fetched: ShippingMethod = {
  code: 'fetched',
  name: 'Fetched',
  countries: [],
  pricesMinor: {},
  freeFromMinor: {},
  pickUp: { location: 'main', address: { ...someAddress, name: 'The shop', country: 'AT' } },
};

const sales = (...shippingMethods: ShippingMethod[]): SalesSettings => ({
  orderNumberPrefix: '',
  allowedCountries: ['DE'],
  shippingMethods,
});

describeOnEachDatabase('Checkout with shipping rates', (open) => {
  let shop: OrderShop;
  let version = 1;

  beforeAll(async () => {
    shop = await OrderShop.start(open);
    await set(sales(parcel(500), fetched));
    await shop.replica.saveMany(shop.store, [pad(400)]);
  });

  afterAll(() => shop.replica.close());

  const set = async (content: SalesSettings): Promise<void> => {
    const editor = shop.app.get(StoreSettingsEditor);
    version = (await editor.replace(shop.store.code, 'sales', version, content)).version;
  };

  /** Two pads for 10.00 each. */
  const cartFor = async (
    details: Parameters<CartEditor['setDetails']>[2],
  ): Promise<{ held: CartAddress; priced: Awaited<ReturnType<CartEditor['get']>> }> => {
    const carts = shop.app.get(CartEditor);
    const sight = await shop.app.get(StoreReader).sight(shop.store.code, 'en', 'EUR');
    const { token, cart } = await carts.create(sight);
    const held = { id: cart.cart.id, token };
    await carts.addItems(held, undefined, [{ sku: 'PAD', quantity: 2 }]);
    const priced = await carts.setDetails(held, undefined, {
      email: 'ada@example.com',
      paymentMethod: 'invoice',
      ...details,
    });
    return { held, priced };
  };
  const sent = () => cartFor({ shippingAddress: someAddress, shippingMethod: 'parcel' });
  const stored = ({ token }: CartAddress, number: string) =>
    shop.app.get(OrderReader).get(number, { by: 'holding', token });

  it('lists what applies with its price, and says why the rest does not', async () => {
    const nowhere = await cartFor({});
    expect(nowhere.priced).toMatchObject({
      shippingMethods: [{ code: 'fetched', priceMinor: 0, pickUp: { location: 'main' } }],
      refusedShipping: [{ code: 'parcel', reason: 'address-missing' }],
    });
    expect((await sent()).priced.shippingMethods).toMatchObject([
      { code: 'parcel', priceMinor: 500 },
      { code: 'fetched' },
    ]);
    const abroad = await cartFor({ shippingAddress: { ...someAddress, country: 'FR' } });
    expect(abroad.priced.refusedShipping).toMatchObject([{ reason: 'country-not-served' }]);
    expect(abroad.priced.shippingMethods).toMatchObject([{ code: 'fetched' }]);
  });

  it('is refused a method that the store does not have, and told which it has; one that does not apply is kept', async () => {
    const { held } = await cartFor({});
    const carts = shop.app.get(CartEditor);
    await expect(
      carts.setDetails(held, undefined, { shippingMethod: 'balloon', email: 'other@example.com' }),
    ).rejects.toMatchObject({
      code: 'carts.shipping-method-unknown',
      status: 422,
      details: { available: ['parcel', 'fetched'] },
    });
    expect((await carts.get(held)).cart).toMatchObject({
      shippingMethod: null,
      email: 'ada@example.com',
    });
    const kept = await carts.setDetails(held, undefined, { shippingMethod: 'parcel' });
    expect([kept.cart.shippingMethod, kept.refusedShipping]).toMatchObject([
      'parcel',
      [{ code: 'parcel', reason: 'address-missing' }],
    ]);
    await expect(
      carts.setDetails({ ...held, token: 'another' }, undefined, { shippingMethod: 'balloon' }),
    ).rejects.toMatchObject({ code: 'carts.cart-not-found' });
  });

  it('refuses the total when the rate, or what something weighs, changes meanwhile', async () => {
    const { held } = await sent();
    await betweenPlanAndPlacing(
      shop.replica,
      () => set(sales(parcel(700), fetched)),
      () =>
        expect(shop.order(held, 2_500)).rejects.toMatchObject({
          code: 'orders.total-changed',
          details: {
            total: { amount: 2_700 },
            shipping: { method: 'parcel', amount: 700, currency: 'EUR' },
          },
        }),
    );
    await betweenPlanAndPlacing(
      shop.replica,
      () => shop.replica.saveMany(shop.store, [pad(501)]),
      () =>
        expect(shop.order(held, 2_700)).rejects.toMatchObject({
          details: { total: { amount: 2_900 } },
        }),
    );
    await shop.replica.saveMany(shop.store, [pad(1_001)]);
    await expect(shop.order(held, 2_900)).rejects.toMatchObject({
      code: 'orders.cart-incomplete',
      details: {
        missing: ['shippingMethod'],
        shippingMethods: [{ code: 'parcel', reason: 'too-much' }],
      },
    });
    await shop.replica.saveMany(shop.store, [pad(400)]);
    expect(await shop.order(held, 2_700)).toMatchObject({ totalMinor: 2_700 });
  });

  it('lets an order be fetched without a shipping address, billed to whom it says', async () => {
    const { held, priced } = await cartFor({ shippingMethod: 'fetched' });
    expect(priced.totals.totalMinor).toBe(2_000);
    await expect(shop.order(held, 2_000)).rejects.toMatchObject({
      details: { missing: ['billingAddress'] },
    });
    const billingAddress = { ...someAddress, name: 'Ada', country: 'FR' };
    await shop.app.get(CartEditor).setDetails(held, undefined, { billingAddress });
    const { number } = await shop.order(held, 2_000);
    expect(await stored(held, number)).toMatchObject({
      shipping: { method: 'fetched', pickUpLocation: 'main' },
      shippingAddress: { name: 'The shop' },
      billingAddress: { name: 'Ada' },
    });
  });

  it('taxes shipping by its category, and what is fetched where it is handed over', async () => {
    const editor = shop.app.get(StoreSettingsEditor);
    const rate = { code: 'vat', name: 'VAT', validFrom: null, validUntil: null };
    const rules = {
      pricesIncludeTax: false,
      defaultCountry: null,
      categories: ['standard', 'carriage'],
      zones: ['DE', 'AT'].map((area) => ({ code: area, name: area, areas: [area] })),
      rates: [
        { ...rate, zone: 'DE', category: 'standard', ratePpm: 190_000 },
        { ...rate, zone: 'DE', category: 'carriage', ratePpm: 70_000 },
        { ...rate, zone: 'AT', category: 'standard', ratePpm: 200_000 },
      ],
    };
    const misfit = { code: 'stores.settings-invalid', status: 422 };
    const taxed = sales({ ...parcel(1_000), taxCategory: 'carriage' }, fetched);
    await expect(set(taxed)).rejects.toMatchObject(misfit);
    await editor.replace(shop.store.code, 'tax', 0, rules);
    await set(taxed);
    await expect(
      editor.replace(shop.store.code, 'tax', 1, {
        ...rules,
        categories: ['standard'],
        rates: rules.rates.filter(({ category }) => category === 'standard'),
      }),
    ).rejects.toMatchObject(misfit);
    expect((await sent()).priced.totals).toMatchObject({ shippingMinor: 1_000, taxMinor: 450 });
    const here = await cartFor({ shippingAddress: someAddress, shippingMethod: 'fetched' });
    expect(here.priced.totals.taxMinor).toBe(400);
    await editor.replace(shop.store.code, 'tax', 1, {
      ...rules,
      rates: [],
      pricesIncludeTax: true,
    });
  });

  it('tells where a parcel is followed that was sent with no more than its number', async () => {
    await set(sales(parcel(500), fetched));
    const { held } = await sent();
    const { id } = await shop.order(held, 2_500);
    const address = { storeCode: shop.store.code, id };
    const ship = (line: number, trackingUrl: string | null, of: number) =>
      shop.app
        .get(OrderEditor)
        .ship(
          address,
          of,
          { items: [{ line, quantity: 1 }], reason: null },
          { carrier: null, trackingNumber: 'A/1', trackingUrl },
        );
    const { version: next } = await ship(1, null, 1);
    await ship(1, 'https://other.example/', next);
    const { shipments } = await shop.app.get(FulfilmentDirectory).get(address);
    expect(shipments).toMatchObject([
      { carrier: 'Carrier', trackingUrl: 'https://carrier.example/A%2F1/where' },
      { carrier: 'Carrier', trackingUrl: 'https://other.example/' },
    ]);
  });
});
