import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { readProductCsv, type ProductCsvProductItem } from '#libs/product-csv';
import { PRODUCT_FILE } from '../fleet/welcome.js';
import { demoShop } from './demo-shop.js';

const { categories, products } = demoShop();

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield readFileSync(PRODUCT_FILE);
}

async function imported(): Promise<ProductCsvProductItem['product'][]> {
  const found: ProductCsvProductItem['product'][] = [];
  for await (const item of readProductCsv(bytes, { currency: 'EUR' })) {
    expect(item).not.toMatchObject({ kind: 'error' });
    if (item.kind === 'product') found.push(item.product);
  }
  return found;
}

it('is of goods that are new to the demo shop, in its categories, at prices such as it has', async () => {
  const prices = products
    .flatMap(({ draft }) => draft.variants.map((variant) => variant.prices[0]?.amountMinor ?? 0))
    .toSorted((a, b) => a - b);
  const isDearerThan = (share: number) => prices[Math.floor(prices.length * share)] ?? 0;
  const goods = await imported();
  expect(goods.length).toBeGreaterThan(2);
  for (const { handle, categoryPath, variants } of goods) {
    expect(products.map(({ slug }) => slug)).not.toContain(handle);
    const names = categories.map(({ name }) => name.en);
    expect(categoryPath.filter((name) => !names.includes(name))).toEqual([]);
    for (const { priceMinor, onHand } of variants) {
      expect(priceMinor).toBeGreaterThan(isDearerThan(0.25));
      expect(priceMinor).toBeLessThan(isDearerThan(0.99));
      expect(onHand).toBeGreaterThan(0);
    }
  }
});
