import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { delay, newId, systemClock } from '#libs/kernel';
import { databaseErrors } from '../database.errors.js';
import { isTransient } from '../sql/dialect.js';
import { PrimaryReader } from '../reads/primary-reader.js';
import { sql } from '../sql/sql.js';
import type { InstallationEntity } from '../tables/installation.entity.js';
import type { RowOf } from '../sql/row-of.js';

/** Which database this is, as opposed to another one with the same tables. */
export interface Installation {
  /** A UUID; another one after a file was restored or copied. */
  readonly id: string;
  /** 32 random bytes in hex. A secret: it never leaves the database and the memory of its replicas. */
  readonly announcementKey: string;
}

type InstallationRow = RowOf<InstallationEntity, 'id' | 'announcement_key'>;

const KEY_BYTES = 32;
const SETTLES_WITHIN_MS = 30_000;
const BUSY_RETRY_MS = 20;

/** Reads which installation the database of this replica is: always from the primary, never cached. */
@Injectable()
export class InstallationReader {
  constructor(private readonly reader: PrimaryReader) {}

  /** Throws `database.unavailable`, and `database.no-installation` when the row was removed. */
  async get(): Promise<Installation> {
    const rows = await this.reader.query<InstallationRow>(
      sql`SELECT id, announcement_key FROM installation`,
    );
    const row = rows[0];
    if (row === undefined) throw databaseErrors.noInstallation();
    return { id: row.id, announcementKey: row.announcement_key };
  }
}

/**
 * Gives a SQLite file that is another file than its row remembers (restored from a backup, or copied)
 * an identity of its own: its positions go on from the backup, and would be taken for those of the
 * original. Call it under the migration lock.
 * Reads only, unless there is something to settle; then it waits its turn to write for a while.
 */
export async function settleInstallation(source: DataSource, file: string): Promise<void> {
  const { ino } = await stat(file, { bigint: true });
  const home = String(ino);
  const giveUpAt = systemClock.monotonicMs() + SETTLES_WITHIN_MS;
  for (;;) {
    try {
      const rows = await source.query<{ readonly home: string | null }[]>(
        'SELECT home FROM installation',
      );
      if (rows.every((row) => row.home === home)) return;
      await settle(source, home);
      return;
    } catch (error) {
      if (!isTransient('sqlite', error) || systemClock.monotonicMs() > giveUpAt) throw error;
      await delay(Math.random() * BUSY_RETRY_MS);
    }
  }
}

/** An identity that no database has had. */
export function newIdentity(): Installation {
  return { id: newId(), announcementKey: randomBytes(KEY_BYTES).toString('hex') };
}

async function settle(source: DataSource, home: string): Promise<void> {
  await source.query('UPDATE installation SET home = ? WHERE home IS NULL', [home]);
  const { id, announcementKey } = newIdentity();
  await source.query(
    `UPDATE installation
     SET id = ?, announcement_key = ?, home = ?, created_at = ?
     WHERE home <> ?`,
    [id, announcementKey, home, systemClock.wallMs(), home],
  );
}
