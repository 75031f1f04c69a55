import type { CachedReader } from '../../../libs/cache/src/core/reading/cached-reader.js';
import type { LoadContext } from '../../../libs/cache/src/core/loads/load.js';
import { currentObserver } from '../../../libs/cache/src/core/reading/read-observer.js';
import type { CoherentCache } from '../../../libs/cache/src/coherent-cache.js';
import type { SuggestionReader } from '../../../libs/search/src/storefront/suggesting/suggestion.reader.js';
import type { LoadWatch } from '../checker/load-watch.js';
import { ROWS, tagOf, type RowName, type Settings } from './settings.js';

/** One row as a load saw it. */
export interface Part {
  readonly row: RowName;
  readonly revision: number;
  /** When the database was looked at. */
  readonly step: number;
}

export interface Answer {
  readonly parts: readonly Part[];
  /** Rows of a list of which there is nothing to show. */
  readonly missing?: readonly RowName[];
  /** Something in it was served stale to the load that built it. */
  readonly isFromStale: boolean;
}

export interface ReaderSource {
  readonly replica: string;
  /** One statement: a place per row, in order, undefined where there is none. */
  readonly readRows: (rows: readonly RowName[]) => Promise<readonly (Part | undefined)[]>;
  readonly settings: Settings;
  readonly watch: LoadWatch;
  /** A loader that is broken by itself, whatever the database does. */
  readonly isLoaderBroken: () => boolean;
}

export interface SimulatedReaders {
  /** Tags known before the load. */
  readonly known: CachedReader<RowName, Answer>;
  /** The same, several keys with one query. */
  readonly batched: CachedReader<RowName, Answer>;
  /** Two rows; the first says which is the second; tags known only afterwards. */
  readonly late: CachedReader<RowName, Answer>;
  /** Built from the other readers, without a tag of its own. */
  readonly built: CachedReader<RowName, Answer>;
}

export const READER_NAMES = ['known', 'batched', 'late', 'built'] as const;
export type ReaderName = (typeof READER_NAMES)[number];

/** What a replica of the fleet has besides. */
export interface FleetReaders extends SimulatedReaders {
  /** The rows that exist, from the index. */
  readonly listed: CachedReader<RowName, Answer>;
  /** One row, from a memory of records. */
  readonly recorded: CachedReader<RowName, Answer>;
  /** From the index, from what is cached of it, and from what is cached of rows. */
  readonly suggestions: SuggestionReader;
}

export const FLEET_READER_NAMES = [...READER_NAMES, 'listed', 'recorded'] as const;

export function createReaders(cache: CoherentCache, source: ReaderSource): SimulatedReaders {
  const { settings, watch } = source;
  const common = {
    key: {
      textOf: (row: RowName): string => row,
      keyOf: (text: string): RowName | undefined => ROWS.find((row) => row === text),
    },
    isSame: saysTheSame,
    ttlMs: settings.ttlMs,
    refreshWindowMs: settings.refreshWindowMs,
    negativeTtlMs: settings.ttlMs,
    loadTimeoutMs: settings.loadTimeoutMs,
    maxEntries: settings.maxEntries,
  };
  const watched =
    (name: ReaderName, load: (row: RowName, context: LoadContext) => Promise<Answer | undefined>) =>
    async (row: RowName, context: LoadContext): Promise<Answer | undefined> => {
      // Loads of the verifier are shared with nobody.
      if (isApart()) return load(row, context);
      const ended = watch.started(source.replica, `${name}:${row}`, () => isAbandoned(context));
      try {
        if (source.isLoaderBroken()) throw new Error('the loader is broken');
        return await load(row, context);
      } finally {
        ended();
      }
    };

  const known = cache.reader<RowName, Answer>({
    ...common,
    name: 'known',
    tags: (row) => [tagOf(row)],
    load: watched('known', async (row) => answerOf([await readRow(source, row)])),
  });
  const batched = cache.reader<RowName, Answer>({
    ...common,
    name: 'batched',
    tags: (row) => [tagOf(row)],
    load: watched('batched', async (row) => answerOf([await readRow(source, row)])),
    loadMany: async (rows, contexts) => {
      const ends = rows.map((row, index) =>
        watch.started(source.replica, `batched:${row}`, () => isAbandoned(contexts[index])),
      );
      try {
        const parts = await source.readRows(rows);
        return parts.map((part) => answerOf([part]));
      } finally {
        for (const end of ends) end();
      }
    },
  });
  const late = cache.reader<RowName, Answer>({
    ...common,
    name: 'late',
    load: watched('late', async (row, context) => {
      const first = await readRow(source, row);
      context.tag(tagOf(row));
      if (first === undefined) return undefined;
      const next = rowNamedBy(first);
      const second = await readRow(source, next);
      context.tag(tagOf(next));
      return answerOf([first, second]);
    }),
  });
  const built = cache.reader<RowName, Answer>({
    ...common,
    name: 'built',
    load: watched('built', async (row) => {
      const own = await known.get(row);
      const others = await late.get(row);
      return {
        parts: [...(own?.parts ?? []), ...(others?.parts ?? [])],
        isFromStale: currentObserver()?.isStale ?? false,
      };
    }),
  });
  return { known, batched, late, built };
}

/** A row says in its content which other one belongs to it. */
export function rowNamedBy({ row, revision }: Omit<Part, 'step'>): RowName {
  return ROWS[(ROWS.indexOf(row) + revision + 1) % ROWS.length] ?? row;
}

async function readRow(source: ReaderSource, row: RowName): Promise<Part | undefined> {
  return (await source.readRows([row]))[0];
}

/** Nothing when the row the answer is about does not exist. */
function answerOf(parts: readonly (Part | undefined)[]): Answer | undefined {
  if (parts[0] === undefined) return undefined;
  return { parts: parts.filter((part) => part !== undefined), isFromStale: false };
}

/** When they were read does not count. */
function saysTheSame(one: Answer, other: Answer): boolean {
  const texts = [one, other].map(({ parts }) =>
    parts.map(({ row, revision }) => `${row}@${revision}`).join(),
  );
  return texts[0] === texts[1];
}

/** What is read is wanted by the verifier alone. */
export function isApart(): boolean {
  return currentObserver()?.apart !== undefined;
}

/** Its signal is looked at only when that matters: most loads never make one. */
function isAbandoned(context: LoadContext | undefined): boolean {
  return context?.signal.aborted ?? false;
}
