import { isImageUrl, productLimits } from '#libs/kernel';
import type { ImportedImage } from './imported-product.js';
import type { RowCells } from '../cells/row-cells.js';

/**
 * The images of a product in the order of their positions; images without one come behind those in
 * front of them in the file. An image of a variant that is not in the list is appended to it.
 */
export function imagesFromRows(rows: readonly RowCells[]): ImportedImage[] {
  const placed = new Map<string, ImportedImage & { readonly position: number }>();
  let lastPosition = 0;
  for (const cells of rows) {
    const url = readImageUrl(cells, 'imageSrc');
    if (url === undefined || placed.has(url)) continue;
    lastPosition = readPosition(cells) ?? lastPosition;
    placed.set(url, {
      url,
      alt: cells.text('imageAlt'),
      position: lastPosition,
    });
  }
  for (const cells of rows) {
    const url = cells.text('variantImage');
    if (!isImageUrl(url) || placed.has(url)) continue;
    placed.set(url, { url, alt: '', position: Number.MAX_SAFE_INTEGER });
  }
  if (placed.size > productLimits.images) {
    const message = `the product has more than ${productLimits.images} images`;
    rows[0]?.report('images-too-many', message, 'imageSrc');
  }
  return [...placed.values()]
    .toSorted((left, right) => left.position - right.position)
    .map(({ url, alt }) => ({ url, alt }));
}

/** An address of an image; undefined when there is none, or none that can be shown. */
export function readImageUrl(
  cells: RowCells,
  column: 'imageSrc' | 'variantImage',
): string | undefined {
  const text = cells.text(column);
  if (text === '') return undefined;
  if (isImageUrl(text)) return text;
  cells.invalid('image-url-invalid', column, text, 'must be an http(s) URL');
  return undefined;
}

function readPosition(cells: RowCells): number | undefined {
  const text = cells.text('imagePosition');
  if (text === '') return undefined;
  const position = Number(cells.decimal('imagePosition') ?? Number.NaN);
  if (Number.isInteger(position) && position >= 1 && position < 1_000_000) return position;
  cells.invalid('image-position-invalid', 'imagePosition', text, 'must be a whole number from 1');
  return undefined;
}
