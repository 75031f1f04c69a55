import { createHash } from 'node:crypto';
import { EVERYTHING } from '#libs/cache';
import type { LogExcerpt, LogRecord } from '#libs/database';
import type { KeptIndex, LogMark } from '../../model/file/index-file.js';
import { UnusableFile } from '../../model/file/unusable-file.js';
import { StoreIndex } from '../../model/index/store-index.js';
import type { IndexedStore } from '../following/indexed-store.js';
import { languagesOf, type SourceStore } from '../following/index-source.js';
import type { LoadedStore } from '../following/load-store.js';
import { namedIn } from '../following/named-in-tags.js';
import { within } from '../following/bounded-source.js';
import type { IndexTiming } from '../following/index-timing.js';
import type { IndexShelf, ShelvedStore } from './index-shelf.js';

/** The log as far as what is kept depends on it. */
export interface KeptLog {
  readAfter(position: number, limit: number): Promise<LogExcerpt>;
  /** The last row at or before the position. */
  newestUpTo(position: number): Promise<LogRecord | undefined>;
}

/** What became of what was kept, and of keeping it. */
export type KeeperNews =
  | { readonly kind: 'used' | 'absent' | 'kept' }
  | { readonly kind: 'refused' | 'not kept'; readonly error: unknown };

export interface KeeperPorts {
  readonly shelf: IndexShelf;
  readonly log: KeptLog;
  /** Everything up to this position of the log is applied (`Follower.watermark`). */
  readonly watermark: () => number;
  readonly timing: IndexTiming;
  readonly report: (storeCode: string, news: KeeperNews) => void;
}

const PAGE_SIZE = 1_000;
/** More rows than this cost as much as they save. */
const MAX_PAGES = 20;
/** If more than this share of its products has changed, an index is loaded as a whole. */
const MAX_CHANGED_SHARE = 0.25;
const ALWAYS_FEW = 1_000;

/**
 * Keeps indexes for the next process, and goes on with them.
 *
 * What it keeps is an index of which nothing is marked, with the last row of the log that was applied in the same step: so it
 * is the result of every row up to that one. What it goes on with is read from the log, from that row on: it must still be
 * there, and be the same; what later rows name is loaded anew before anything is shown.
 */
export class IndexKeeper {
  /** Up to where what was kept of a store goes. */
  private readonly keptTo = new Map<string, number>();

  constructor(private readonly ports: KeeperPorts) {}

  /**
   * The index that was kept, with what has changed since; undefined when there is none to go on with. Must be called when
   * every row that is applied from now on is noted. Throws what the log throws.
   */
  async revive(code: string, store: SourceStore): Promise<LoadedStore | undefined> {
    const shelved = { ...store, code };
    const kept = await this.found(shelved);
    if (kept === undefined) return undefined;
    try {
      const index = new StoreIndex(languagesOf(store), kept.segments);
      const missed = changedIn(index, code, await this.rowsSince(kept.mark));
      this.keptTo.set(code, kept.mark.position);
      this.ports.report(code, { kind: 'used' });
      return { index, missed };
    } catch (error) {
      if (!(error instanceof UnusableFile)) throw error;
      await this.refuse(shelved, error);
      return undefined;
    }
  }

  /** Keeps the index of a store, unless it is behind, is kept already, or another replica has done so within `youngerMs`. Never throws. */
  async keep(indexed: IndexedStore, youngerMs: number, signal: AbortSignal): Promise<void> {
    const { shelf, log, report, watermark } = this.ports;
    const { code } = indexed;
    // In the same step: what is applied is in the index, or marked.
    const frozen = indexed.frozen();
    const position = watermark();
    if (frozen === undefined) return;
    try {
      const newest = await log.newestUpTo(position);
      if (newest === undefined || newest.position === this.keptTo.get(code)) return;
      const store = { ...frozen.store, code };
      if (await shelf.hasYoungerThan(youngerMs, store)) return;
      await shelf.put(store, { mark: markOf(newest), segments: frozen.segments }, signal);
      this.keptTo.set(code, newest.position);
      report(code, { kind: 'kept' });
    } catch (error) {
      report(code, { kind: 'not kept', error });
    }
  }

  private async found(store: ShelvedStore): Promise<KeptIndex | undefined> {
    try {
      const kept = await within(this.ports.shelf.find(store), this.ports.timing);
      if (kept === undefined) this.ports.report(store.code, { kind: 'absent' });
      return kept;
    } catch (error) {
      await this.refuse(store, error);
      return undefined;
    }
  }

  private async refuse(store: ShelvedStore, error: unknown): Promise<void> {
    this.ports.report(store.code, { kind: 'refused', error });
    // It will not become usable, and another one takes its place.
    if (error instanceof UnusableFile) {
      await this.ports.shelf.remove(store).catch((cause: unknown) => {
        this.ports.report(store.code, { kind: 'not kept', error: cause });
      });
    }
  }

  /** The tags of every row behind this one. Throws `UnusableFile` when the log does not reach back to it, or has another one there. */
  private async rowsSince(mark: LogMark): Promise<readonly (readonly string[])[]> {
    const rows: (readonly string[])[] = [];
    let from = mark.position - 1;
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const { records, prunedTo } = await this.ports.log.readAfter(from, PAGE_SIZE);
      if (prunedTo > from) throw new UnusableFile('the log does not reach back to it');
      if (page === 1 && !isMarked(records[0], mark)) {
        throw new UnusableFile('the log is not the one that it is the result of');
      }
      rows.push(...records.slice(page === 1 ? 1 : 0).map(({ tags }) => tags));
      const last = records.at(-1);
      if (records.length < PAGE_SIZE || last === undefined) return rows;
      from = last.position;
    }
    throw new UnusableFile('the log has too many rows since');
  }
}

/** The products of a store that rows name, by row. Throws `UnusableFile` when everything may have changed, or much has. */
function changedIn(
  index: StoreIndex,
  code: string,
  rows: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const changed = new Set<string>();
  const groups = rows.map((tags) => {
    if (tags.includes(EVERYTHING)) throw new UnusableFile('everything was voided since');
    const { kinds, listCodes } = namedIn(tags);
    // A product that comes into lists is named together with them.
    const isListed = listCodes.has(code);
    const ids = [...kinds.keys()].filter((id) => isListed || changed.has(id) || index.holds(id));
    for (const id of ids) changed.add(id);
    return ids;
  });
  if (changed.size > Math.max(ALWAYS_FEW, index.size * MAX_CHANGED_SHARE)) {
    throw new UnusableFile('too much has changed since');
  }
  return groups.filter((ids) => ids.length > 0);
}

function markOf({ position, committedAt, tags }: LogRecord): LogMark {
  const digest = createHash('sha256').update(JSON.stringify(tags)).digest('base64url');
  return { position, committedAt, digest };
}

function isMarked(record: LogRecord | undefined, mark: LogMark): boolean {
  if (record === undefined) return false;
  const found = markOf(record);
  return (
    found.position === mark.position &&
    found.committedAt === mark.committedAt &&
    found.digest === mark.digest
  );
}
