import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { readProductCsv, withContentHash, writeProductCsv } from '#libs/product-csv';
import { generateProducts } from './generated-products.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapMegabytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

async function* csvBytes(count: number, seed: number): AsyncGenerator<Uint8Array> {
  let text = '';
  for await (const piece of writeProductCsv(generateProducts(count, seed))) {
    text += piece;
    if (text.length < 65_536) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

describe('generated products', () => {
  it('depend on the seed only and are read back as they were made', async () => {
    const made = [...generateProducts(200, 7)].map(withContentHash);
    const again: unknown[] = [];
    for await (const item of readProductCsv(() => csvBytes(200, 7), { currency: 'EUR' })) {
      if (item.kind !== 'header') again.push(item.kind === 'product' ? item.product : item);
    }
    expect(again).toEqual(made);
    expect([...generateProducts(200, 8)]).not.toEqual([...generateProducts(200, 7)]);
  });

  // About 30,000 rows.
  it('are read in memory that does not grow with the file', async () => {
    let products = 0;
    const samples: number[] = [];
    for await (const item of readProductCsv(() => csvBytes(12_000, 1), { currency: 'EUR' })) {
      if (item.kind !== 'product') continue;
      if (++products % 2_400 === 0) samples.push(heapMegabytes());
    }
    expect(products).toBe(12_000);
    // What grows is the memory of the handles, about 100 bytes each; the products themselves take 20 MB.
    const [first = 0] = samples;
    expect(Math.max(...samples) - first).toBeLessThan(10);
  }, 600_000);
});
