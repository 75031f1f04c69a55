import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ProductTextSource } from '../product.view.js';

/** What cards say of a product, in every language. */
export interface ProductHead {
  readonly id: string;
  readonly storeId: string;
  readonly slug: string;
  readonly brand: string | null;
  /** By locale. */
  readonly names: Readonly<Record<string, string>>;
  /** The first of its images. */
  readonly image: { readonly url: string; readonly alt: string | null } | null;
}

const LENGTH_BYTES = 4;

/** What stands in most records, so that it need not stand in each of them. Another text: no record of the process is read. */
const DICTIONARY = Buffer.from(
  JSON.stringify({
    categoryId: null,
    texts: {
      de: { name: '', descriptionHtml: '<p>', seoTitle: null, seoDescription: null },
      en: { name: '', descriptionHtml: '<p></p><ul><li></li></ul>', seoTitle: null },
    },
    options: ['Size', 'Color'],
    attributes: [{ code: 'material', value: '' }],
    images: [{ url: '/media/https://.jpg', alt: null }],
    variants: [
      {
        id: '',
        sku: '',
        optionValues: [],
        barcode: null,
        weightGrams: 100,
        imageUrl: null,
      },
      {
        id: '',
        sku: '',
        optionValues: [],
        barcode: null,
        weightGrams: null,
        imageUrl: null,
      },
    ],
    updatedAt: 1_700_000_000_000,
  }),
);

/**
 * Records have a few kilobytes. zlib's own sizes are for streams: a quarter of a megabyte for each record that is made, and some 50 kilobytes
 * for each that is read, to be cleared and collected again.
 */
const ZLIB = { dictionary: DICTIONARY, windowBits: 13, memLevel: 6, chunkSize: 4_096 };

/** A head that is read without the rest, and the rest compressed. */
export function encodeProduct(product: ProductTextSource): Buffer {
  const { id, storeId, slug, brand, texts, images, ...rest } = product;
  const names = Object.fromEntries(
    Object.entries(texts).map(([locale, { name }]) => [locale, name]),
  );
  const head: ProductHead = { id, storeId, slug, brand, names, image: images[0] ?? null };
  const headBytes = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(headBytes.length);
  const restBytes = deflateRawSync(JSON.stringify({ ...rest, texts, images }), ZLIB);
  return Buffer.concat([length, headBytes, restBytes]);
}

export function decodeHead(bytes: Buffer): ProductHead {
  return JSON.parse(bytes.toString('utf8', LENGTH_BYTES, restAt(bytes))) as ProductHead;
}

export function decodeProduct(bytes: Buffer): ProductTextSource {
  const { id, storeId, slug, brand } = decodeHead(bytes);
  const rest = inflateRawSync(bytes.subarray(restAt(bytes)), ZLIB);
  return {
    id,
    storeId,
    slug,
    brand,
    ...(JSON.parse(rest.toString()) as Omit<
      ProductTextSource,
      'id' | 'storeId' | 'slug' | 'brand'
    >),
  };
}

function restAt(bytes: Buffer): number {
  return LENGTH_BYTES + bytes.readUInt32LE(0);
}
