import type { ImportedProductContent, ImportedVariant } from '#libs/product-csv';

/** Numbers in [0, 1) that depend on the seed only (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const brands = 'Halterhof Nordwisch Stahlquell Kolbenau Rollenfels Lumenta Voltara Oelberg'.split(
  ' ',
);
const materials = ['Steel', 'Ceramic', 'Aluminium', 'Carbon', 'Rubber', 'Copper', 'Brass'];
const parts = [
  {
    category: ['Brakes', 'Brake discs'],
    name: 'Brake Disc',
    option: 'Diameter',
    unit: 'mm',
    from: 240,
  },
  {
    category: ['Brakes', 'Brake pads'],
    name: 'Brake Pad Set',
    option: 'Width',
    unit: 'mm',
    from: 90,
  },
  { category: ['Lighting', 'Bulbs'], name: 'Bulb', option: 'Power', unit: 'W', from: 5 },
  { category: ['Wheels', 'Rims'], name: 'Rim', option: 'Size', unit: 'inch', from: 14 },
  { category: ['Oil', 'Engine oil'], name: 'Engine Oil', option: 'Volume', unit: 'l', from: 1 },
  { category: ['Batteries'], name: 'Battery', option: 'Capacity', unit: 'Ah', from: 36 },
] as const;

/**
 * Products for load tests: car parts with one to four variants, made one at a time. The product at
 * an index depends on the seed and the index only.
 */
export function* generateProducts(count: number, seed: number): Generator<ImportedProductContent> {
  for (let index = 0; index < count; index++) yield generateProduct(index, seed);
}

function generateProduct(index: number, seed: number): ImportedProductContent {
  const random = randomNumbers(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const pick = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(random() * items.length)] as Item;
  const part = pick(parts);
  const brand = pick(brands);
  const material = pick(materials);
  const number = String(index + 1).padStart(6, '0');
  const title = `${brand} ${part.name} ${material} ${number}`;
  const priceMinor = 990 + Math.floor(random() * 300) * 100;
  const variantCount = 1 + Math.floor(random() * 4);
  const variants = Array.from({ length: variantCount }, (_, position): ImportedVariant => {
    const size = part.from + position * 2;
    return {
      optionValues: [`${size} ${part.unit}`],
      sku: `GEN-${seed}-${number}-${position + 1}`,
      barcode: undefined,
      imageUrl: undefined,
      weightGrams: 100 + Math.floor(random() * 9000),
      currency: 'EUR',
      priceMinor: priceMinor + position * 500,
      compareAtMinor: random() < 0.2 ? priceMinor + 2000 : undefined,
      onHand: Math.floor(random() * 200),
      isStockTracked: true,
      stockPolicy: random() < 0.1 ? 'continue' : 'deny',
    };
  });
  return {
    handle: `generated-${seed}-${number}`,
    title,
    descriptionHtml: `<p>${title}, for cars from ${1990 + Math.floor(random() * 30)} on.</p>\n<ul><li>Material: ${material.toLowerCase()}</li><li>Made by ${brand}, tested to 12" and beyond</li></ul>`,
    brand,
    categoryPath: part.category,
    status: random() < 0.97 ? 'active' : 'draft',
    seoTitle: undefined,
    seoDescription: undefined,
    attributes: [material.toLowerCase(), part.name.toLowerCase()]
      .toSorted()
      .map((value) => ({ code: 'tag', value })),
    optionNames: [part.option],
    variants,
    images: [{ url: `https://pictures.example/${number}.jpg`, alt: title }],
  };
}
