import type { DataSource } from 'typeorm';
import { parseDatabaseUrl } from '#libs/config';
import {
  InvalidationLog,
  openMigrated,
  openReads,
  PrimaryReader,
  SqlReader,
  UnitOfWork,
  writeOptions,
  type UnitOfWorkOptions,
} from '#libs/database';
import { systemClock } from '#libs/kernel';

export interface OpenDatabase {
  readonly writer: DataSource;
  readonly unitOfWork: UnitOfWork;
  readonly reader: PrimaryReader;
  readonly log: InvalidationLog;
  /** What commit listeners threw. */
  readonly listenerFailures: unknown[];
  close(): Promise<void>;
}

/** Generous: what is tested with it never depends on the speed of the machine. */
export const TEST_READS = {
  threads: 2,
  waitMs: 30_000,
  limitMs: 60_000,
  onThreadLost: (error: Error) => {
    throw error;
  },
};

/** The same for what is configured as a replica is. */
export const PATIENT_READS = {
  DATABASE_READ_TIMEOUT_MS: String(TEST_READS.limitMs),
  DATABASE_WAIT_MS: String(TEST_READS.waitMs),
};

/** The database layer of a replica without the rest of it: migrated, with its own connections. */
export async function openDatabase(
  url: string,
  overrides: Partial<UnitOfWorkOptions> = {},
): Promise<OpenDatabase> {
  const target = parseDatabaseUrl(url);
  const writer = await openMigrated(writeOptions(target), 60_000);
  const reads = await openReads(target, TEST_READS);
  const listenerFailures: unknown[] = [];
  const unitOfWork = new UnitOfWork(writer, {
    dialect: target.kind,
    origin: 'test',
    clock: systemClock,
    maxTransactionMs: 10_000,
    maxAttempts: 5,
    onListenerFailure: (error) => listenerFailures.push(error),
    ...overrides,
  });
  const reader = new PrimaryReader(reads.loads, target.kind);
  return {
    writer,
    unitOfWork,
    reader,
    log: new InvalidationLog(new SqlReader(reads.following, target.kind), unitOfWork),
    listenerFailures,
    close: async () => {
      await reads.close();
      await writer.destroy();
    },
  };
}
