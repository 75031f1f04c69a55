import { describe, expect, it } from '@jest/globals';
import { productBreaches } from '../../libs/catalog/src/model/product-rules.js';
import { storeBreaches } from '../../libs/stores/src/model/store.js';
import { demoAttributes } from './demo-attributes.js';
import { demoPicturePath, demoShop } from './demo-shop.js';

const shop = demoShop();
const { store, categories, products } = shop;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function expectUnique(values: readonly unknown[]): void {
  expect(new Set(values).size).toBe(values.length);
}

describe('demoShop', () => {
  it('is the same at every call', () => {
    expect(demoShop()).toEqual(shop);
    expect(store.id).toBe('35edd45e-6721-8bed-9f25-734188c5f03e');
  });

  it('has two hundred products that keep the rules of the catalog', () => {
    expect(products).toHaveLength(200);
    expect(storeBreaches(store.code, store)).toEqual([]);
    const stored = { ...store, version: 1, createdAt: 0, updatedAt: 0 };
    for (const { draft, slug, categoryId } of products) {
      const variants = draft.variants.map((variant) => ({ ...variant, id: 'x' }));
      expect(productBreaches(stored, { ...draft, slug, categoryId, variants })).toEqual([]);
    }
  });

  it('has a tree of two levels with products in every leaf', () => {
    const roots = categories.filter(({ parentId }) => parentId === undefined);
    expect(roots.map(({ slug }) => slug)).toEqual([
      'brakes',
      'lighting',
      'wheels-and-tyres',
      'batteries',
      'oil',
    ]);
    const leaves = categories.filter(({ parentId }) => parentId !== undefined);
    expect(leaves).toHaveLength(20);
    for (const leaf of leaves) {
      expect(roots.some(({ id }) => id === leaf.parentId)).toBe(true);
      expect(products.filter(({ categoryId }) => categoryId === leaf.id)).toHaveLength(10);
    }
    expect(products.every(({ categoryId }) => leaves.some(({ id }) => id === categoryId))).toBe(
      true,
    );
  });

  it('has ids, slugs, SKUs, barcodes and hashes once each', () => {
    const ids = [store.id, ...categories.map(({ id }) => id), ...products.map(({ id }) => id)];
    expectUnique(ids);
    for (const id of ids) expect(id).toMatch(UUID);
    expectUnique(categories.map(({ slug }) => slug));
    expectUnique(products.map(({ slug }) => slug));
    expectUnique(products.map(({ draft }) => draft.sourceHash));
    const variants = products.flatMap(({ draft }) => draft.variants);
    expect(variants.length).toBeGreaterThan(500);
    expectUnique(variants.map(({ sku }) => sku));
    expectUnique(variants.map(({ barcode }) => barcode));
  });

  it('says everything in both languages', () => {
    for (const { name } of categories) expect(name.en && name.de).toBeTruthy();
    for (const { draft } of products) {
      const { en, de } = draft.texts;
      expect(en?.name && de?.name).toBeTruthy();
      expect(de?.name).not.toBe(en?.name);
      expect(de?.descriptionHtml).not.toBe(en?.descriptionHtml);
      expect(`${en?.descriptionHtml}${de?.descriptionHtml}`).not.toMatch(/undefined|NaN/);
    }
  });

  it('prices every variant in both currencies, the former price above the present one', () => {
    const prices = products.flatMap(({ draft }) => draft.variants.map((variant) => variant.prices));
    for (const both of prices) {
      expect(both.map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
      for (const { amountMinor, compareAtMinor } of both) {
        expect(amountMinor).toBeGreaterThan(0);
        if (compareAtMinor !== null) expect(compareAtMinor).toBeGreaterThan(amountMinor);
      }
    }
    expect(prices.some(([euro]) => euro?.compareAtMinor !== null)).toBe(true);
  });

  it('has attributes of known types, sold out variants, valid barcodes and its own pictures', () => {
    for (const { draft, slug } of products) {
      expect(draft.images.map(({ url }) => url)).toEqual([demoPicturePath(slug)]);
      for (const { code, value } of draft.attributes) {
        const attribute = demoAttributes[code];
        if (attribute?.type === 'number') expect(Number.isFinite(Number(value))).toBe(true);
        else if (attribute?.type === 'boolean') expect(['true', 'false']).toContain(value);
        else expect(Object.keys(attribute?.values ?? {})).toContain(value);
      }
      for (const { barcode } of draft.variants) {
        const sum = [...(barcode ?? '')].reduce(
          (total, digit, index) => total + Number(digit) * (index % 2 ? 3 : 1),
          0,
        );
        expect(barcode).toHaveLength(13);
        expect(sum % 10).toBe(0);
      }
    }
    const stock = products.flatMap(({ draft }) => draft.variants.map((variant) => variant.stock));
    expect(stock.some(({ onHand }) => onHand === 0)).toBe(true);
  });

  it('relates every product to six others', () => {
    const ids = new Set(products.map(({ id }) => id));
    for (const { id, relatedIds } of products) {
      expect(relatedIds).toHaveLength(6);
      expectUnique(relatedIds);
      expect(relatedIds).not.toContain(id);
      expect(relatedIds.every((related) => ids.has(related))).toBe(true);
    }
  });
});
