// Writes generated products as the CSV that the import reads:
//   node dist/tools/generate-products.js --count 100000 --seed 1 --out products.csv
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { writeProductCsv } from '#libs/product-csv';
import { generateProducts } from './generated-products.js';

const USAGE = 'usage: generate-products [--count 1000] [--seed 1] [--out file.csv]';

function readWholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (/^\d{1,9}$/.test(text)) return value;
  throw new TypeError(`--${name} must be a whole number, not ${text}`);
}

async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
    },
  });
  const count = readWholeNumber('count', values.count);
  const seed = readWholeNumber('seed', values.seed);
  const out = values.out === undefined ? process.stdout : createWriteStream(values.out);
  await pipeline(Readable.from(writeProductCsv(generateProducts(count, seed))), out);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  // A reader that wants no more (`| head`) is no failure.
  if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) {
    console.error(error instanceof Error ? error.message : error);
    console.error(USAGE);
    process.exitCode = 1;
  }
}
