import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyChanges } from '../../../test/apply-changes.js';
import {
  arbitraryChanges,
  arbitraryPage,
  arbitrarySelection,
} from '../../../test/arbitrary-searches.js';
import { contentsOf } from '../../../test/contents-of.js';
import { finish, indexed, named, storeIndexOf } from '../../../test/indexed-products.js';
import { fileOf, MemoryBytes, revived } from '../../../test/memory-file.js';
import { readIndexFile } from './index-file.js';
import { UnusableFile } from './unusable-file.js';

const products = [
  named(0, 'Größe 緑茶', { field: 'description', text: 'ein Wort 😀' }),
  indexed(1, { brand: 'Čapek', attributes: [{ code: 'width', value: '16 mm' }] }),
];

describe('a file of an index', () => {
  it('answers as the index that it was made of, and goes on as that does', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        arbitraryChanges,
        arbitraryChanges,
        arbitrarySelection,
        arbitraryPage,
        async (before, after, selection, page) => {
          const index = storeIndexOf([]);
          applyChanges(index, before);
          const copy = await revived(index);
          expect(contentsOf(copy.frozen())).toEqual(contentsOf(index.frozen()));
          for (const each of [index, copy]) applyChanges(each, after);
          for (const sort of [page.sort, 'relevance'] as const) {
            const wanted = { ...page, sort, after: undefined };
            expect(copy.placed(selection, wanted)).toEqual(index.placed(selection, wanted));
          }
          expect(copy.facets(selection)).toEqual(index.facets(selection));
          compared += copy.size;
        },
      ),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it('has several segments, and leaves buried products buried', async () => {
    const index = storeIndexOf(Array.from({ length: 40 }, (_, number) => named(number, 'pad')));
    finish(index.change([indexed(7).id, indexed(8).id], [named(8, 'disc')]));
    const copy = await revived(index);
    expect([copy.size, copy.segmentCount]).toEqual([39, 2]);
    expect([copy.holds(indexed(7).id), copy.holds(indexed(8).id)]).toEqual([false, true]);
    expect(copy.bytes).toBeGreaterThan(0);
  });

  it('has ordinals of as many bytes as they had, for few values and for many', async () => {
    for (const kind of [Uint16Array, Uint32Array]) {
      const wide = storeIndexOf(products)
        .frozen()
        .map(({ segment, alive }) => {
          const { values, ordinals } = segment.brands;
          return {
            alive,
            segment: { ...segment, brands: { values, ordinals: kind.from(ordinals) } },
          };
        });
      const [read] = (await revived({ frozen: () => wide })).frozen();
      expect(read?.segment.brands).toEqual({ values: ['Čapek'], ordinals: kind.of(0, 1) });
    }
  });

  it('is as it was when the index changes while it is written', async () => {
    const index = storeIndexOf(products);
    const frozen = index.frozen();
    finish(index.change([indexed(0).id], []));
    const copy = await revived({ frozen: () => frozen });
    expect([index.size, copy.size]).toEqual([1, 2]);
  });

  it('is refused wherever it is cut off or has something behind it', async () => {
    const bytes = fileOf(storeIndexOf(products));
    for (let length = 0; length < bytes.length; length += 7) {
      await expectRefused(new MemoryBytes(bytes.subarray(0, length)));
    }
    await expectRefused(new MemoryBytes(Buffer.concat([bytes, Buffer.alloc(8)])));
    await expect(readIndexFile(new MemoryBytes(bytes), 'another')).rejects.toThrow(
      'something else',
    );
  });

  it.each<[string, (head: HeadText) => unknown]>([
    ['a length below nothing', ({ parts }) => (parts[3] = ['u32', -1])],
    ['a length that no memory has', ({ parts }) => (parts[3] = ['f64', 2 ** 53 - 1])],
    ['a length that is none', ({ parts }) => (parts[3] = ['u32', 0.5])],
    ['lengths that add up without fitting', (head) => swap(head.parts, 4, 5)],
    ['lengths that others make up for', ({ parts }) => lend(parts, 2, 3)],
    ['an array of another kind', ({ parts }) => (parts[0] = ['u16', (parts[0]?.[1] ?? 0) / 2])],
    ['an array less', ({ parts }) => parts.pop()],
    ['a kind that is not known', ({ parts }) => (parts[1] = ['u64', 2])],
    ['a currency that has no prices', ({ currencies }) => currencies.push('CHF')],
    ['a language whose stems are not there', ({ languages }) => languages.push('fr')],
  ])('is refused when its head has %s', async (_name, change) => {
    const bytes = fileOf(storeIndexOf(products), (head) => {
      change((head as { segments: HeadText[] }).segments[0] as HeadText);
    });
    await expectRefused(new MemoryBytes(bytes));
  });

  it('is refused when it is no index, has no head, or one of gigabytes', async () => {
    const bytes = fileOf(storeIndexOf(products));
    const changed = (change: (copy: Buffer) => unknown): MemoryBytes => {
      const copy = Buffer.from(bytes);
      change(copy);
      return new MemoryBytes(copy);
    };
    await expectRefused(changed((copy) => copy.write('x')));
    await expectRefused(changed((copy) => copy.writeUInt32LE(0xff_ff_ff_ff, 8)));
    await expectRefused(changed((copy) => copy.writeUInt32LE(0, 8)));
    await expectRefused(changed((copy) => copy.write('}', 16)));
    await expectRefused(
      new MemoryBytes(fileOf(storeIndexOf(products), (head) => Object.assign(head, { more: 1 }))),
    );
  });
});

type HeadText = { parts: [string, number][]; languages: string[]; currencies: string[] };

function swap(parts: [string, number][], one: number, other: number): void {
  [parts[one], parts[other]] = [parts[other] ?? ['u8', 0], parts[one] ?? ['u8', 0]];
}

function lend(parts: [string, number][], one: number, other: number): void {
  const [kind = 'u32', length = 0] = parts[one] ?? [];
  parts[other] = [kind, length + (parts[other]?.[1] ?? 0)];
  parts[one] = [kind, 0];
}

async function expectRefused(bytes: MemoryBytes): Promise<void> {
  await expect(revived(bytes)).rejects.toThrow(UnusableFile);
}
