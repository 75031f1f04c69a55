import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RuntimeConfig } from '#libs/config';
import { LockstepError } from '#libs/kernel';
import { HealthRegistry } from '#libs/observability';
import { isReplaced } from '../opening/database-file.js';
import { databaseErrors } from '../database.errors.js';
import { isUnwritable } from '../sql/dialect.js';
import { UnitOfWork } from './unit-of-work.js';

/**
 * Tells whether the database takes changes, as the last unit of work found it. The replica itself writes at least
 * every five seconds (the list of replicas), bounded like every unit of work, so a quiet replica notices as well, and
 * notices when it is over.
 *
 * A database that takes none (a full disk, a file that is read-only) takes an authoring replica out of the traffic, since most
 * of what it does is to write; a commerce replica goes on serving what it holds and reports it. A file that was deleted or
 * replaced takes out both: what is read from it is no longer the shop. One that cannot be reached is no matter of
 * writing: how long that is borne is said by the check `database`.
 */
@Injectable()
export class WriteReadiness implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly health: HealthRegistry,
    private readonly runtime: RuntimeConfig,
  ) {}

  onModuleInit(): void {
    this.health.requireReady('writes', async () => {
      const { reason } = this.unitOfWork.health;
      const isRefused = this.runtime.role === 'authoring' && isUnwritable(reason);
      if (isRefused || isReplaced(reason)) throw databaseErrors.notWritable({ cause: reason });
    });
    this.health.watch('database-takes-changes', () => {
      const { reason } = this.unitOfWork.health;
      if (reason === undefined) return { isDegraded: false };
      const code = reason instanceof LockstepError ? reason.code : 'refused';
      return { isDegraded: true, reason: code };
    });
  }
}
