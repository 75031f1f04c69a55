import { asJson } from '../../../libs/cache/src/records/record-policy.js';
import type { CachedReader } from '../../../libs/cache/src/core/reading/cached-reader.js';
import type { CoherentCache } from '../../../libs/cache/src/coherent-cache.js';
import { ROWS, rowOfTag, tagOf, type RowName } from './settings.js';
import { isApart, type Answer, type Part, type ReaderSource } from './simulated-readers.js';

/** Rows by two in a page, so that a memory of records is filled in several steps. */
const PAGE = 2;

/** Single rows of one replica, from the production memory of records as far as it holds them, and else from the database. */
export function recordedReader(
  cache: CoherentCache,
  source: ReaderSource,
): CachedReader<RowName, Answer> {
  const { settings, watch } = source;
  const read = async (rows: readonly RowName[]): Promise<ReadonlyMap<string, Part>> => {
    const parts = await source.readRows(rows);
    return new Map(parts.flatMap((part) => (part === undefined ? [] : [[part.row, part]])));
  };
  const memory = cache.records<Part>({
    name: 'recorded',
    idOf: rowOfTag,
    read: (ids) => read(ROWS.filter((row) => ids.includes(row))),
    idsAfter: (id) => Promise.resolve(ROWS.filter((row) => row > id).slice(0, PAGE)),
    isReadWhenNamed: true,
    ...asJson<Part>(),
  });
  memory.start();
  return cache.reader<RowName, Answer>({
    name: 'recorded',
    key: {
      textOf: (row) => row,
      keyOf: (text) => ROWS.find((row) => row === text),
    },
    isSame: (one, other) => one.parts[0]?.revision === other.parts[0]?.revision,
    tags: (row) => [tagOf(row)],
    fromRecords: (row) => {
      const part = memory.value(row);
      return part === undefined ? undefined : { parts: [part], isFromStale: false };
    },
    ttlMs: settings.ttlMs,
    refreshWindowMs: settings.refreshWindowMs,
    negativeTtlMs: settings.ttlMs,
    loadTimeoutMs: settings.loadTimeoutMs,
    maxEntries: settings.maxEntries,
    load: async (row, context) => {
      const ended = isApart()
        ? undefined
        : watch.started(source.replica, `recorded:${row}`, () => context.signal.aborted);
      try {
        if (source.isLoaderBroken()) throw new Error('the loader is broken');
        const [part] = await memory.list([row], [context]);
        return part === undefined ? undefined : { parts: [part], isFromStale: false };
      } finally {
        ended?.();
      }
    },
  });
}
