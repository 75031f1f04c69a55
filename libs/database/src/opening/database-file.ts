import { statSync, type BigIntStats } from 'node:fs';
import { LockstepError } from '#libs/kernel';
import { databaseErrors } from '../database.errors.js';

type FileId = string;

/** The database and its write-ahead log: a commit is on disk only while both can be found there. */
const PARTS = ['', '-wal'];

/**
 * Notices that the SQLite file was deleted, moved or replaced under an open connection. SQLite goes on
 * writing into a file that has no name any more; what is written there is gone with the process.
 *
 * One `stat` per part, without a cache: it takes microseconds and is asked around every commit. The
 * files stay what they are while any connection is open, and a number of a file (inode) is not given
 * out again before the last connection that has it open is closed.
 */
export class DatabaseFile {
  private readonly known = new Map<string, FileId>();

  constructor(readonly path: string) {}

  /**
   * Throws `database.replaced` when a part is not the one that was seen first. A part that comes into
   * being later (the log, with the first connection that writes) is noted when it is there.
   */
  assertSame(): void {
    for (const part of PARTS) {
      const path = `${this.path}${part}`;
      const found = identityOf(path);
      const expected = this.known.get(path);
      if (expected === undefined) {
        if (found === undefined && part !== '') continue;
        if (found !== undefined) this.known.set(path, found);
      }
      if (found === undefined) throw replaced(`${path} is not there any more`);
      if (expected !== undefined && found !== expected) throw replaced(`${path} is another file`);
    }
  }

  /** To be called when the last writing connection was closed: SQLite may then make a new log. */
  forgetLog(): void {
    this.known.delete(`${this.path}-wal`);
  }
}

function identityOf(path: string): FileId | undefined {
  const stats: BigIntStats | undefined = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? undefined : `${stats.dev}:${stats.ino}`;
}

function replaced(message: string): Error {
  return databaseErrors.replaced({ message, retryAfterSeconds: 10 });
}

/** Whether an error says that the file is not the one that was opened. */
export function isReplaced(error: unknown): boolean {
  return error instanceof LockstepError && error.code === 'database.replaced';
}
