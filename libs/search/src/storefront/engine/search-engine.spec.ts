import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  arbitraryChanges,
  arbitraryPage,
  arbitrarySelection,
  wideSelection,
  type Change,
} from '../../../test/arbitrary-searches.js';
import { search, type Commit, type EngineWorld } from '../../../test/engine-world.js';
import { idAt, pageOf, selectionOf } from '../../../test/indexed-products.js';
import { MemoryEngineWorld } from '../../../test/memory-engine-world.js';
import { ReferenceEngineWorld } from '../../../test/reference-engine-world.js';
import { describeSearchEngine } from '../../../test/search-engine.contract.js';
import type { PagePosition, SearchPage, SearchSelection } from '../../model/query/search-query.js';

describeSearchEngine('that looks at every product', () => new ReferenceEngineWorld());

function commitOf({ products, gone }: Change): Commit {
  const ids = gone.map(idAt);
  return { put: products.filter(({ id }) => !ids.includes(id)), gone: ids };
}

/** Typing errors are forgiven where no product has the words otherwise, which is no matter of one right answer. */
async function isForgiven(reference: EngineWorld, selection: SearchSelection): Promise<boolean> {
  const { words, languageCode, currency } = selection;
  if (words.length === 0) return false;
  const everything = selectionOf({ words, languageCode, currency });
  return (await (await search(reference)).facets(everything)).total === 0;
}

/** What both answer to one page, with its facets; undefined when they need not answer alike. */
async function compared(
  memory: EngineWorld,
  reference: EngineWorld,
  selection: SearchSelection,
  page: SearchPage,
) {
  if (await isForgiven(reference, selection)) return undefined;
  const [own, expected] = await Promise.all(
    [memory, reference].map(async (world) => {
      const asked = await search(world);
      return { page: await asked.page(selection, page), facets: await asked.facets(selection) };
    }),
  );
  expect(own).toEqual(expected);
  return own?.page;
}

describe('a search engine in memory', () => {
  it('answers every page as one that looks at every product, whatever changes between the pages', async () => {
    let pages = 0;
    let laterPages = 0;
    await fc.assert(
      fc.asyncProperty(
        arbitraryChanges,
        arbitraryChanges,
        fc.oneof(arbitrarySelection, wideSelection),
        arbitraryPage,
        fc.nat(9),
        async (before, between, selection, wanted, rebuiltAt) => {
          const memory = new MemoryEngineWorld();
          const reference = new ReferenceEngineWorld();
          const commit = async (change: Change): Promise<void> => {
            await Promise.all([memory, reference].map((world) => world.commit(commitOf(change))));
          };
          try {
            for (const change of before) await commit(change);
            let after: PagePosition | undefined;
            for (const [turn, change] of between.entries()) {
              const page = pageOf({ ...wanted, after });
              const shown = await compared(memory, reference, selection, page);
              if (shown === undefined) return;
              pages += 1;
              if (after !== undefined) laterPages += 1;
              if (turn === rebuiltAt) memory.rebuild();
              await commit(change);
              // From the beginning again, of what has changed since.
              after = shown.next;
            }
          } finally {
            await memory.close();
          }
        },
      ),
      { numRuns: 120, seed: 47 },
    );
    expect(pages).toBeGreaterThan(150);
    expect(laterPages).toBeGreaterThan(60);
  });

  it('shows what stays as it is on exactly one page, whatever else changes', async () => {
    let stayed = 0;
    await fc.assert(
      fc.asyncProperty(
        arbitraryChanges,
        arbitraryChanges,
        wideSelection,
        arbitraryPage,
        async (before, between, { words: _, ...selected }, wanted) => {
          const world = new MemoryEngineWorld();
          const selection = { ...selected, words: [] };
          const everything = async () => {
            const all = pageOf({ ...wanted, limit: 1_000 });
            return (await (await search(world)).page(selection, all)).ids;
          };
          try {
            for (const change of before) await world.commit(commitOf(change));
            const changed = new Set<string>();
            const atFirst = await everything();
            const left = [...between];
            const seen: string[] = [];
            let after: PagePosition | undefined;
            do {
              const shown = await (
                await search(world)
              ).page(selection, pageOf({ ...wanted, after }));
              seen.push(...shown.ids);
              after = shown.next;
              const commit = commitOf(left.shift() ?? { products: [], gone: [], isTidied: false });
              for (const { id } of commit.put ?? []) changed.add(id);
              for (const id of commit.gone ?? []) changed.add(id);
              if (after !== undefined) await world.commit(commit);
            } while (after !== undefined);
            const still = atFirst.filter((id) => !changed.has(id));
            stayed += still.length;
            expect(seen.filter((id) => still.includes(id))).toEqual(still);
          } finally {
            await world.close();
          }
        },
      ),
      { numRuns: 60, seed: 48 },
    );
    expect(stayed).toBeGreaterThan(100);
  });
});
