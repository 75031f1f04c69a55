import { productLimits } from '#libs/kernel';
import type { ImportedVariant } from './imported-product.js';
import { quoteForMessage } from '../product-csv-problem.js';
import type { ReadingContext, RowCells } from '../cells/row-cells.js';
import { hasVariant, optionColumns, variantFromRow } from './variant-from-row.js';

const DEFAULT_OPTION = { name: 'Title', value: 'Default Title' };

/**
 * Reads the options and variants of a product. A product that comes in a single form is written
 * with the option `Title` and the value `Default Title`; it gets no options.
 */
export function optionsAndVariantsFromRows(
  rows: readonly RowCells[],
  context: ReadingContext,
): { readonly optionNames: readonly string[]; readonly variants: readonly ImportedVariant[] } {
  const options = readOptions(rows);
  const optionNames = options.map(({ name }) => name);
  const variants = readVariants(rows, options, context);
  if (!isDefaultOption(optionNames, variants)) return { optionNames, variants };
  return { optionNames: [], variants: variants.map((one) => ({ ...one, optionValues: [] })) };
}

interface Option {
  readonly name: string;
  readonly valueColumn: (typeof optionColumns)[number]['value'];
}

/** Names stand in the first row; a later row may repeat them. */
function readOptions(rows: readonly RowCells[]): Option[] {
  const [first, ...others] = rows;
  if (first === undefined) return [];
  const names = optionColumns.map(({ name }) => first.text(name));
  optionColumns.forEach(({ name, value }, position) => {
    const expected = names[position] as string;
    const isUsed = rows.some((cells) => !cells.isEmpty(value));
    if (expected === '' && isUsed && !isUnnamedDefault(rows, position)) {
      first.report(
        'option-name-missing',
        `${first.columnName(value)} is used but has no name`,
        name,
      );
    }
    for (const cells of others) {
      const other = cells.text(name);
      if (other === '' || other === expected) continue;
      const rule = `must be empty or ${quoteForMessage(expected)} here`;
      cells.invalid('option-name-conflict', name, other, rule);
    }
  });
  const given = names.filter((name) => name !== '');
  if (new Set(given.map((name) => name.toLowerCase())).size < given.length) {
    first.report('option-name-duplicate', 'two options have the same name', 'option1Name');
  }
  return optionColumns.flatMap(({ value }, position) => {
    const name = names[position] as string;
    return name === '' ? [] : [{ name, valueColumn: value }];
  });
}

function isUnnamedDefault(rows: readonly RowCells[], position: number): boolean {
  return (
    position === 0 &&
    rows.every((cells) => {
      const value = cells.text('option1Value');
      return value === '' || value === DEFAULT_OPTION.value;
    })
  );
}

function readVariants(
  rows: readonly RowCells[],
  options: readonly Option[],
  context: ReadingContext,
): ImportedVariant[] {
  const variantRows = rows.filter(hasVariant);
  const variants: ImportedVariant[] = [];
  const byOptions = new Map<string, number>();
  const bySku = new Map<string, number>();
  for (const cells of variantRows) {
    const line = cells.row.lines.first;
    const values = readOptionValues(cells, options);
    const variant = variantFromRow(cells, values, context);
    const key = JSON.stringify(values);
    const sameOptions = byOptions.get(key);
    if (sameOptions !== undefined) {
      cells.report(
        'variant-duplicate',
        `line ${sameOptions} has the same option values`,
        'option1Value',
      );
    }
    byOptions.set(key, sameOptions ?? line);
    if (variant.sku !== undefined) {
      const sameSku = bySku.get(variant.sku);
      if (sameSku !== undefined)
        cells.report('sku-duplicate', `line ${sameSku} has the same SKU`, 'sku');
      bySku.set(variant.sku, sameSku ?? line);
    }
    variants.push(variant);
  }
  const max = productLimits.variants;
  if (variants.length === 0)
    rows[0]?.report('variant-missing', 'the product has no variant', 'price');
  if (variants.length > max) {
    rows[0]?.report('variants-too-many', `the product has more than ${max} variants`);
  }
  return variants;
}

function readOptionValues(cells: RowCells, options: readonly Option[]): string[] {
  return options.map(({ name, valueColumn }) => {
    const text = cells.text(valueColumn);
    if (text === '') {
      const message = `the option ${quoteForMessage(name)} has no value`;
      cells.report('option-value-missing', message, valueColumn);
    }
    return text;
  });
}

/** How the format writes a product without options. */
function isDefaultOption(names: readonly string[], variants: readonly ImportedVariant[]): boolean {
  if (names.length === 0) return true;
  const isOne = names.length === 1 && variants.length === 1;
  const [value] = variants[0]?.optionValues ?? [];
  return isOne && names[0] === DEFAULT_OPTION.name && value === DEFAULT_OPTION.value;
}
