import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { passCheckedProductCsv } from './product-csv-check.js';

async function pass(content: Uint8Array | string, size = 50): Promise<string> {
  const bytes = Buffer.from(content);
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes.length; start += size)
      yield bytes.subarray(start, start + size);
  }
  const passed: Uint8Array[] = [];
  for await (const chunk of passCheckedProductCsv(source(), { maxFileBytes: 100_000 }))
    passed.push(chunk);
  return Buffer.concat(passed).toString('utf8');
}

const HEAD = 'Handle,Title,Variant Price\n';

describe('passCheckedProductCsv', () => {
  it('passes every byte of a file that can be read', async () => {
    const fixture = readFileSync('test/fixtures/products.csv');
    expect(await pass(fixture, 7)).toBe(fixture.toString('utf8'));
  });

  it.each([
    ['', 'file-empty', 1],
    ['\n\n', 'file-empty', 1],
    ['Title\nx', 'columns-missing', 1],
    [`${HEAD}a,"A,1`, 'quote-unterminated', 2],
    [`${HEAD}a,A,1\n\0`, 'file-not-csv', 3],
    [Buffer.from(`${HEAD}a,\xfc,1`, 'latin1'), 'file-not-utf8', 2],
  ])('refuses %j', async (content, problem, line) => {
    await expect(pass(content)).rejects.toMatchObject({
      code: 'catalog.import-file-unusable',
      status: 422,
      details: { problem, line },
    });
  });

  it('refuses a file that is too large with a code of its own', async () => {
    await expect(pass(HEAD + 'a,A,1\n'.repeat(20_000), 65_536)).rejects.toMatchObject({
      code: 'catalog.import-file-too-large',
      status: 413,
    });
  });
});
