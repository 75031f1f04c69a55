// What entries of one shape take on the heap, beside what the cache says they take. A process of its own: nothing else is held in it.
// usage: node --expose-gc heap-of-entries.mjs <shape>; prints {"heap": ..., "estimated": ...}, bytes per entry
import { composeLoneCache } from './lone-cache.mjs';

const LATIN = 'Brake disc, vented, 280 mm. ';
const WIDE = 'Тормозной диск, 280 мм. ';
const price = (number) => ({ amount: 1_000 + number, currency: 'EUR' });

/** `value`: as it comes from a database, its texts its own. */
const shapes = {
  small: {
    count: 100_000,
    value: (number) => ({ id: `item-${number}`, name: `Item ${number}`, priceMinor: number }),
  },
  absent: { count: 100_000, value: () => undefined },
  numbers: {
    count: 50_000,
    value: (number) => ({ id: number, weight: number + 0.5, ratio: number / 7, isNew: true }),
  },
  view: {
    count: 5_000,
    value: (number) => ({
      id: `0190f3a2-0000-7000-8000-${number}`,
      slug: `brake-disc-${number}`,
      name: `Brake disc ${number}`,
      descriptionHtml: `<p>${LATIN.repeat(10)}</p>`,
      breadcrumbs: [
        { slug: 'brakes', name: 'Brakes' },
        { slug: 'discs', name: 'Discs' },
      ],
      attributes: [{ code: 'axle', values: ['front', 'rear'] }],
      images: [{ url: `/media/${number}.svg`, alt: null }],
      variants: Array.from({ length: 4 }, (_unused, index) => ({
        sku: `DISC-${number}-${index}`,
        optionValues: ['Front'],
        price: price(number),
        compareAtPrice: null,
        availability: 'in-stock',
      })),
      price: { min: price(number), max: price(number + 5) },
      isAvailable: true,
    }),
  },
  text: { count: 10_000, value: (number) => ({ text: `${number} ${LATIN.repeat(70)}` }) },
  wide: { count: 10_000, value: (number) => ({ text: `${number} ${WIDE.repeat(70)}` }) },
  bytes: {
    count: 10_000,
    value: (number) => ({ etag: `"${number}"`, body: Buffer.alloc(3_000, number) }),
  },
  tagged: {
    count: 10_000,
    value: (number) => ({ id: number }),
    tags: (number) =>
      Array.from({ length: 20 }, (_unused, index) => `tag:${(number + index) % 500}`),
  },
};

const { count, value, tags = (number) => [`item:${number}`] } = shapes[process.argv[2]];
const fresh = (number) => {
  const made = value(number);
  if (made === undefined || Buffer.isBuffer(made.body)) return made;
  return JSON.parse(JSON.stringify(made));
};

const cache = composeLoneCache();
const readerOf = (name) =>
  cache.reader({
    name,
    key: { textOf: (number) => `key:${number}`, keyOf: (text) => Number(text.slice(4)) },
    tags,
    load: (number) => Promise.resolve(fresh(number)),
    ttlMs: 3_600_000,
    negativeTtlMs: 3_600_000,
    maxEntries: count,
    maxNegativeEntries: count,
  });

// What code and compilers need is not the entries'.
const warmUp = readerOf('warm-up');
for (let number = 0; number < 2_000; number += 1) await warmUp.get(-number - 1);
const before = await settledHeap();
const reader = readerOf('measured');
for (let number = 0; number < count; number += 1) await reader.get(number);
const heap = ((await settledHeap()) - before) / count;
if (reader.size !== count || warmUp.size === 0) throw new Error('not everything is held');
process.stdout.write(`${JSON.stringify({ heap, estimated: reader.bytes / count })}\n`);

async function settledHeap() {
  for (let pass = 0; pass < 4; pass += 1) {
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
