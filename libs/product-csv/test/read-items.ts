import {
  readProductCsv,
  type ProductCsvItem,
  type ProductCsvOptions,
} from '../src/product-csv-reader.js';

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size)
    yield bytes.subarray(start, start + size);
}

/** Reads a file of prices in EUR in pieces of `chunkSize` bytes. */
export async function readItems(
  content: string | Uint8Array,
  options: Partial<ProductCsvOptions> = {},
  chunkSize = 65_536,
): Promise<ProductCsvItem[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const items: ProductCsvItem[] = [];
  for await (const item of readProductCsv(() => chunksOf(bytes, chunkSize), {
    currency: 'EUR',
    ...options,
  }))
    items.push(item);
  return items;
}

export const productsOf = (items: readonly ProductCsvItem[]) =>
  items.flatMap((item) => (item.kind === 'product' ? [item.product] : []));
/** Line, handle, column and code of each error. */
export const problemsOf = (items: readonly ProductCsvItem[]) =>
  items.flatMap((item) =>
    item.kind === 'error'
      ? [`${item.line} ${item.handle ?? ''} ${item.column ?? ''} ${item.code}`]
      : [],
  );
