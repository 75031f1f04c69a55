import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { DatabaseUrl } from '#libs/config';
import type { HealthRegistry, Logger } from '#libs/observability';
import { checkCopy } from './data-sources.js';
import { databaseErrors } from '../database.errors.js';
import type { DatabaseReads } from '../reads/open-reads.js';
import type { ReadSource } from '../reads/read-source.js';

const RETRY_MS = 1_000;

/**
 * The copy of the database that a site reads, filled by somebody else and never changed from here.
 *
 * Its schema arrives with its data, so a copy that is not there yet, or is older than this version
 * needs, is not an error of the replica: it starts, says what it waits for, is not ready, and
 * answers `database.copy-not-ready` until the copy has come as far. Once it has, only reading it tells
 * how it is.
 */
export class DatabaseCopy implements OnModuleInit, OnApplicationShutdown {
  /** Reads of the copy, from when it is there. */
  readonly loads: ReadSource = { read: async (...read) => this.opened().loads.read(...read) };
  readonly following: ReadSource = {
    read: async (...read) => this.opened().following.read(...read),
  };
  private reads: DatabaseReads | undefined;
  private reason: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(
    private readonly url: DatabaseUrl,
    private readonly openReads: () => Promise<DatabaseReads>,
    private readonly health: Pick<HealthRegistry, 'requireReady'>,
    private readonly logger: Pick<Logger, 'info' | 'warn'>,
  ) {}

  onModuleInit(): void {
    this.health.requireReady('copy', () =>
      this.reads === undefined ? Promise.reject(databaseErrors.copyNotReady()) : Promise.resolve(),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.reads?.close();
  }

  /** One attempt; what fails is tried again until it succeeds or the replica stops. */
  async open(): Promise<void> {
    try {
      await checkCopy(this.url);
      const reads = await this.openReads();
      if (this.isStopped) return await reads.close();
      this.reads = reads;
      this.logger.info({}, 'the copy of the database is there');
    } catch (error) {
      if (this.isStopped) return;
      this.report(error);
      this.timer = setTimeout(() => void this.open(), RETRY_MS);
    }
  }

  /** Throws `database.copy-not-ready`. */
  private opened(): DatabaseReads {
    if (this.reads === undefined) throw databaseErrors.copyNotReady({ retryAfterSeconds: 2 });
    return this.reads;
  }

  private report(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    // Said again only when it is something else: replication may take its time.
    if (reason === this.reason) return;
    this.reason = reason;
    this.logger.warn(
      { err: error, reason },
      'the copy of the database cannot be read yet; the replica waits for it and is not ready',
    );
  }
}
