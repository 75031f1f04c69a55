import { DataSource } from 'typeorm';
import { parseDatabaseUrl } from '#libs/config';
import {
  InvalidationLog,
  openMigrated,
  PrimaryReader,
  readOptions,
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

/** The database layer of a replica without the rest of it: migrated, with its own connections. */
export async function openDatabase(
  url: string,
  overrides: Partial<UnitOfWorkOptions> = {},
): Promise<OpenDatabase> {
  const target = parseDatabaseUrl(url);
  const writer = await openMigrated(writeOptions(target), 60_000);
  const source =
    target.kind === 'sqlite' ? await new DataSource(readOptions(target.file)).initialize() : writer;
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
  const reader = new PrimaryReader(source, target.kind);
  return {
    writer,
    unitOfWork,
    reader,
    log: new InvalidationLog(reader, unitOfWork),
    listenerFailures,
    close: async () => {
      if (source !== writer) await source.destroy();
      await writer.destroy();
    },
  };
}
