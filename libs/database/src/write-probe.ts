import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { RuntimeConfig } from '#libs/config';
import { LockstepError } from '#libs/kernel';
import { HealthRegistry } from '#libs/observability';
import { isReplaced } from './database-file.js';
import { databaseErrors } from './database.errors.js';
import { sql } from './sql.js';
import { UnitOfWork } from './unit-of-work.js';

const EVERY_MS = 5_000;

/**
 * Tells whether the database takes changes: the last unit of work says so, and while nothing is written
 * a small one of its own every five seconds, bounded like every other.
 *
 * A database that takes none (a full disk, a file that is read-only) takes an authoring replica out of the traffic, since most
 * of what it does is to write; a commerce replica goes on serving what it holds and reports it. A file that was deleted or
 * replaced takes out both: what is read from it is no longer the shop.
 */
@Injectable()
export class WriteProbe implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private isUnderWay = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly health: HealthRegistry,
    private readonly runtime: RuntimeConfig,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.probe(), EVERY_MS).unref();
    this.health.requireReady('writes', async () => {
      const { reason } = this.unitOfWork.health;
      const isNeeded = this.runtime.role === 'authoring' || isReplaced(reason);
      if (reason !== undefined && isNeeded) throw databaseErrors.notWritable({ cause: reason });
    });
    this.health.watch('database-takes-changes', () => {
      const { reason } = this.unitOfWork.health;
      if (reason === undefined) return { isDegraded: false };
      return {
        isDegraded: true,
        reason: reason instanceof LockstepError ? reason.code : 'refused',
      };
    });
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async probe(): Promise<void> {
    if (this.isUnderWay || this.unitOfWork.health.provenAgeMs < EVERY_MS) return;
    this.isUnderWay = true;
    try {
      // Changes nothing, and yet a page of it has to be written.
      await this.unitOfWork.run((tx) =>
        tx.execute(sql`UPDATE installation SET created_at = created_at`),
      );
    } catch {
      // Noted by the unit of work, which is what readiness asks.
    } finally {
      this.isUnderWay = false;
    }
  }
}
