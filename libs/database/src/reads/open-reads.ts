import { DataSource } from 'typeorm';
import type { DatabaseUrl } from '#libs/config';
import {
  followingTurns,
  placesOf,
  readTurns,
  type ReadTurns,
} from '../connections/connection-parts.js';
import { readOptions } from '../opening/data-sources.js';
import { initialize } from '../mssql/open-mssql.js';
import { PooledReads } from './pooled-reads.js';
import type { OpenReadSource, ReadSource } from './read-source.js';
import { ReadThreads, type ReadThreadsOptions } from './read-threads.js';

const NOTHING = { text: 'SELECT 1 AS one', parameters: [] };

/** What reads of one database share. */
export interface DatabaseReads {
  /** For what shoppers, staff and jobs ask for. */
  readonly loads: ReadSource;
  /** For the invalidation log: whatever else is read, a replica goes on following. */
  readonly following: ReadSource;
  close(): Promise<void>;
}

/** Opens the reads of a database that is there, or of a copy; `isCopy` says so to a server. */
export async function openReads(
  target: DatabaseUrl,
  options: ReadThreadsOptions,
  isCopy = false,
): Promise<DatabaseReads> {
  if (target.kind === 'sqlite') {
    const open = (threads: number) => new ReadThreads(target.file, { ...options, threads });
    const reads = together(open(options.threads), open(1));
    try {
      // A thread takes a while to start: before the replica is asked, not when it is.
      const answered = reads.loads.read(NOTHING);
      // The other one is needed later in the start. What is wrong with the file, the first one says as well.
      reads.following.read(NOTHING).catch(() => undefined);
      await answered;
      return reads;
    } catch (error) {
      await reads.close();
      throw error;
    }
  }
  const { waitMs, onStatement } = options;
  const open = async (turns: ReadTurns) => {
    const connections = placesOf(turns);
    const source = new DataSource(readOptions(target, { isCopy, connections, waitMs }));
    return new PooledReads(await initialize(source), turns, waitMs, onStatement);
  };
  return together(await open(readTurns(target.poolMax)), await open(followingTurns()));
}

function together(loads: OpenReadSource, following: OpenReadSource): DatabaseReads {
  return {
    loads,
    following,
    close: async () => {
      await Promise.all([loads.close(), following.close()]);
    },
  };
}
