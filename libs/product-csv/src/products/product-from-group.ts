import { productLimits, unsafeText } from '#libs/kernel';
import {
  withContentHash,
  type ImportedProduct,
  type ImportedProductStatus,
} from './imported-product.js';
import { imagesFromRows } from './images-from-rows.js';
import { maxChars } from '../product-csv-limits.js';
import { quoteForMessage, type CsvRowProblem } from '../product-csv-problem.js';
import type { ProductGroup } from './product-group.js';
import { RowCells, type ReadingContext } from '../cells/row-cells.js';
import { sanitiseHtml } from '../cells/sanitise-html.js';
import { optionsAndVariantsFromRows } from './variants-from-rows.js';

const CATEGORY_SEPARATOR = ' > ';

/**
 * Reads the rows of one product. Returns the product, or everything that is wrong with it.
 *
 * Cells that describe the product count in its first row; on rows that continue it they are empty
 * in an export. A title that differs there is an error, because it hints at a wrong handle.
 */
export function productFromGroup(
  group: ProductGroup,
  settings: Omit<ReadingContext, 'problems'>,
): ImportedProduct | readonly CsvRowProblem[] {
  const context: ReadingContext = { ...settings, problems: [] };
  const { problems } = context;
  const rows = withTitleFirst(group.rows.map((row) => new RowCells(row, context)));
  const first = rows[0];
  if (first === undefined) return problems;
  checkRows(group, rows, context);
  // The cells of such rows may be in the wrong columns: what they say would mislead.
  if (problems.length > 0) return problems;

  checkHandle(group, first);
  const title = first.text('title');
  checkTitle(title, rows);
  const { optionNames, variants } = optionsAndVariantsFromRows(rows, context);
  const images = imagesFromRows(rows);
  const content = {
    handle: group.handle,
    title,
    descriptionHtml: readDescription(first),
    brand: first.optionalText('vendor'),
    categoryPath: readCategoryPath(first),
    status: readStatus(first),
    seoTitle: first.optionalText('seoTitle'),
    seoDescription: first.optionalText('seoDescription'),
    attributes: readAttributes(first),
    optionNames,
    variants,
    images,
  };
  return problems.length > 0 ? problems : withContentHash(content);
}

/** A sorted file may have the row that describes the product behind others of its rows. */
function withTitleFirst(rows: readonly RowCells[]): readonly RowCells[] {
  const head = rows.find((cells) => !cells.isEmpty('title'));
  return head === undefined ? rows : [head, ...rows.filter((cells) => cells !== head)];
}

function checkRows(group: ProductGroup, rows: readonly RowCells[], context: ReadingContext): void {
  const { header, limits } = context;
  for (const cells of rows) {
    const { row } = cells;
    const { length } = row.cells;
    if (row.hasMalformedQuote) {
      cells.report(
        'row-quote-malformed',
        'text follows a closing quote; a quote inside a quoted cell is written twice',
      );
    } else if (row.cells.slice(header.width).some((cell) => cell !== '')) {
      cells.report(
        'row-column-count',
        `the row has ${length} cells, the header has ${header.width}`,
      );
    }
  }
  if (group.isTooScattered) {
    const message =
      'the rows of the product lie too far apart to be collected; sort the file by handle';
    rows[0]?.report('rows-scattered', message, 'handle');
  }
  if (group.hasTooManyRows) {
    const { maxRowsPerProduct, maxProductChars } = limits;
    rows[0]?.report(
      'rows-too-many',
      `the product has more than ${maxRowsPerProduct} rows or ${maxProductChars} characters`,
    );
  }
}

function checkHandle(group: ProductGroup, first: RowCells): void {
  if (group.handle === '') {
    first.report('handle-missing', 'the row names no product', 'handle');
  } else if (group.handle.length > maxChars.handle) {
    const rule = `must have at most ${maxChars.handle} characters`;
    first.invalid('handle-invalid', 'handle', group.handle, rule);
  } else if (unsafeText(group.handle) !== undefined) {
    const message = `the handle holds ${unsafeText(group.handle)}`;
    first.report('text-unsafe', message, 'handle');
  }
}

function checkTitle(title: string, rows: readonly RowCells[]): void {
  const [first, ...others] = rows;
  if (title === '') first?.report('title-missing', 'the product has no title', 'title');
  for (const cells of others) {
    const other = cells.text('title');
    if (other === '' || other === title) continue;
    cells.invalid(
      'title-conflict',
      'title',
      other,
      `must be empty or ${quoteForMessage(title)} here`,
    );
  }
}

function readDescription(first: RowCells): string {
  const html = sanitiseHtml(first.description('descriptionHtml'));
  const max = productLimits.descriptionLength;
  if (html.length > max) {
    first.report(
      'cell-too-long',
      `the description has more than ${max} characters`,
      'descriptionHtml',
    );
  }
  return html;
}

/** The merchant's own type, else the place in the standard taxonomy; both may be paths. */
function readCategoryPath(first: RowCells): string[] {
  const column = first.isEmpty('type') ? 'productCategory' : 'type';
  const path = first.text(column).split(CATEGORY_SEPARATOR);
  const names = path.map((name) => name.trim()).filter((name) => name !== '');
  if (names.some((name) => name.length > maxChars.categoryName)) {
    const message = `a category name has more than ${maxChars.categoryName} characters`;
    first.report('cell-too-long', message, column);
  }
  return names;
}

function readStatus(first: RowCells): ImportedProductStatus {
  const isPublished = first.boolean('published') ?? true;
  const text = first.text('status').toLowerCase();
  if (text === 'archived') return 'archived';
  // `unlisted` products have a page but appear in no list; here they stay hidden.
  if (text === 'draft' || text === 'unlisted') return 'draft';
  if (text !== '' && text !== 'active') {
    first.invalid('status-invalid', 'status', text, 'must be active, draft, unlisted or archived');
  }
  return isPublished ? 'active' : 'draft';
}

function readAttributes(first: RowCells): { code: string; value: string }[] {
  const tags = first.list('tags').map((value) => ({ code: 'tag', value }));
  const all = [...tags, ...first.attributes()];
  const sortKey = ({ code, value }: { code: string; value: string }): string =>
    `${code}\u0000${value}`;
  const byKey = new Map(
    all.filter(({ value }) => value !== '').map((attribute) => [sortKey(attribute), attribute]),
  );
  if (byKey.size > productLimits.attributes) {
    const message = `the product has more than ${productLimits.attributes} tags and attributes`;
    first.report('attributes-too-many', message, 'tags');
  }
  return [...byKey]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([, value]) => value);
}
