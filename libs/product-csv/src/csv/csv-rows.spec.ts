import { parse } from 'csv-parse/sync';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCsvRows, type CsvRow } from './csv-rows.js';
import type { CsvFileProblem } from '../product-csv-problem.js';

const roomy = { maxFileBytes: 1_000_000, maxRowBytes: 100_000 };

async function* chunksOf(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (let turn = 0; start < bytes.length; turn++) {
    const size = sizes.length === 0 ? bytes.length : (sizes[turn % sizes.length] as number);
    yield bytes.subarray(start, start + size);
    start += size;
  }
}

async function read(
  content: string | Uint8Array,
  limits = roomy,
  sizes: readonly number[] = [],
): Promise<(CsvRow | CsvFileProblem)[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const rows: (CsvRow | CsvFileProblem)[] = [];
  for await (const row of readCsvRows(chunksOf(bytes, sizes), limits)) rows.push(row);
  return rows;
}

const brief = (rows: (CsvRow | CsvFileProblem)[]): unknown[] =>
  rows.map((row) =>
    'code' in row
      ? `${row.code} ${row.line}`
      : [row.lines.first, row.lines.last, ...row.cells, ...(row.hasMalformedQuote ? ['!'] : [])],
  );

describe('readCsvRows', () => {
  it('counts physical lines, also inside quoted cells, with LF, CRLF and CR mixed', async () => {
    const rows = await read('\ufeffa,b\r\n"1\r\n2\n3\r4",x\r\r\n"q""q",\n\nlast');
    expect(brief(rows)).toEqual([
      [1, 1, 'a', 'b'],
      [2, 5, '1\r\n2\n3\r4', 'x'],
      [6, 6, ''],
      [7, 7, 'q"q', ''],
      [8, 8, ''],
      [9, 9, 'last'],
    ]);
  });

  it('reads nothing from an empty file, and a quote in a bare cell as a character', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('\ufeff')).toEqual([]);
    expect(brief(await read('a 5" disc,b'))).toEqual([[1, 1, 'a 5" disc', 'b']]);
  });

  it('marks a row with text behind a closing quote and reads on', async () => {
    expect(brief(await read('a\n"15" wheel,b\nc'))).toEqual([
      [1, 1, 'a'],
      [2, 2, '"15" wheel', 'b', '!'],
      [3, 3, 'c'],
    ]);
  });

  it('names the line where a quote opens that is never closed', async () => {
    expect(brief(await read('a,b\nc,"d\ne\nf'))).toEqual([
      [1, 1, 'a', 'b'],
      'quote-unterminated 2',
    ]);
  });

  it('stops at bytes that are not UTF-8, at NUL, and at foreign formats', async () => {
    expect(brief(await read(Buffer.from('a\nb\nM\xfcller\nc', 'latin1')))).toEqual([
      [1, 1, 'a'],
      [2, 2, 'b'],
      'file-not-utf8 3',
    ]);
    expect(brief(await read(Buffer.from('a\nb\xc3', 'latin1')))).toEqual([
      [1, 1, 'a'],
      'file-not-utf8 2',
    ]);
    expect(brief(await read('a\nb\0c'))).toEqual([[1, 1, 'a'], 'file-not-csv 2']);
    expect(brief(await read(Buffer.from('a,b', 'utf16le')))).toEqual(['file-not-csv 1']);
    expect(brief(await read('PK\u0003\u0004rest'))).toEqual(['file-not-csv 1']);
  });

  it('stops at a row or a file that is too large', async () => {
    const limits = { maxFileBytes: 40, maxRowBytes: 10 };
    expect(brief(await read('0123456789\r\n01234567890\nx', limits))).toEqual([
      [1, 1, '0123456789'],
      'row-too-large 2',
    ]);
    expect(brief(await read('abc\n'.repeat(11), limits))).toEqual([
      ...Array.from({ length: 10 }, (_, index) => [index + 1, index + 1, 'abc']),
      'file-too-large 11',
    ]);
  });

  const alphabet = fc.constantFrom('a', 'é', '🚗', ',', ',', '"', '"', '\r', '\n', '\r\n', ' ');
  const text = fc.array(alphabet, { maxLength: 40 }).map((parts) => parts.join(''));
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

  it('does not depend on where the chunks are cut', async () => {
    const bytes = fc.oneof(
      text.map((value) => Buffer.from(value)),
      fc
        .tuple(text, fc.uint8Array({ maxLength: 3 }), text)
        .map(([before, middle, after]) =>
          Buffer.concat([Buffer.from(before), middle, Buffer.from(after)]),
        ),
    );
    const limits = fc.record({
      maxFileBytes: fc.integer({ min: 5, max: 200 }),
      maxRowBytes: fc.integer({ min: 1, max: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(bytes, sizes, limits, async (content, cuts, bounds) => {
        expect(await read(content, bounds, cuts)).toEqual(await read(content, bounds));
      }),
      { numRuns: 200 },
    );
  });

  it('reads every line once, in order, and cells as csv-parse does', async () => {
    await fc.assert(
      fc.asyncProperty(text, sizes, async (content, cuts) => {
        const rows = await read(content, roomy, cuts);
        const problem = rows.find((row) => 'code' in row);
        const good = rows.flatMap((row) => ('code' in row ? [] : [row]));
        let line = 1;
        for (const row of good) {
          expect(row.lines.first).toBe(line);
          line = row.lines.last + 1;
        }
        if (problem !== undefined) return;
        expect(line - 1).toBe(
          content.split(/\r\n|\n|\r/).length - (/[\r\n]$|^$/.test(content) ? 1 : 0),
        );
        const expected = parse(content, {
          record_delimiter: ['\r\n', '\n', '\r'],
          relax_column_count: true,
          relax_quotes: true,
        });
        expect(good.map((row) => row.cells)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('reads cells that are separated by %s', async (_, separator) => {
    const quoted = ',;\t'.replace(separator, '').repeat(5);
    const first = [`"${quoted}"`, 'b', 'c', 'd'].join(separator);
    const next = ['1', '"x""y"', `"${separator}\n"`, ''].join(separator);
    expect(brief(await read(`\n \n${first}\r\n${next}`))).toEqual([
      [1, 1, ''],
      [2, 2, ' '],
      [3, 3, quoted, 'b', 'c', 'd'],
      [4, 5, '1', 'x"y', `${separator}\n`, ''],
    ]);
  });

  it('takes other separators for text once the first line has decided', async () => {
    expect(brief(await read('a;b,c;d\n1,5;2;3\t4'))).toEqual([
      [1, 1, 'a', 'b,c', 'd'],
      [2, 2, '1,5', '2', '3\t4'],
    ]);
    expect(brief(await read('a,b;c,d\n1,2;3,4'))).toEqual([
      [1, 1, 'a', 'b;c', 'd'],
      [2, 2, '1', '2;3', '4'],
    ]);
  });

  it('finds the end of a first line that is longer than a row may be', async () => {
    const limits = { maxFileBytes: 1_000, maxRowBytes: 20 };
    for (const cuts of [[], [1], [7]]) {
      const rows = await read(`"${'a;b'.repeat(20)}`, limits, cuts);
      expect(brief(rows)).toEqual(['row-too-large 1']);
    }
  });

  const encoded: [string, (content: string) => Buffer][] = [
    ['little-endian', (content) => Buffer.from(`\ufeff${content}`, 'utf16le')],
    ['big-endian', (content) => Buffer.from(`\ufeff${content}`, 'utf16le').swap16()],
  ];

  it.each(encoded)('reads %s UTF-16 however it is cut', async (_, encode) => {
    const bytes = encode('Größe\tName\r\n"1\n2"\t😀漢字\r\n');
    for (const cuts of [[], [1], [2], [3, 5], [64]]) {
      expect(brief(await read(bytes, roomy, cuts))).toEqual([
        [1, 1, 'Größe', 'Name'],
        [2, 3, '1\n2', '😀漢字'],
      ]);
    }
  });

  it.each(encoded)('stops where %s UTF-16 is broken, behind the rows before', async (_, encode) => {
    const broken = encode('a\tb\nc\td\ne\t\ud800x\nf\tg\n');
    for (const cuts of [[], [1], [3]]) {
      expect(brief(await read(broken, roomy, cuts))).toEqual([
        [1, 1, 'a', 'b'],
        [2, 2, 'c', 'd'],
        'file-not-utf8 3',
      ]);
      const half = encode('a\tb\nc\td\n').subarray(0, -1);
      expect(brief(await read(half, roomy, cuts))).toEqual([[1, 1, 'a', 'b'], 'file-not-utf8 2']);
    }
  });
});
