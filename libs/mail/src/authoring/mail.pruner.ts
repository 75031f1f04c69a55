import { Injectable } from '@nestjs/common';
import { deleteBatch, PlatformPruner, sql, UnitOfWork, type PrunesPlatform } from '#libs/database';

const KEPT_MS = 90 * 24 * 3_600_000;

/**
 * Mails hold what belongs to a person: they go after 90 days. One that still waits by then has no job any more
 * that would send it.
 */
@Injectable()
@PlatformPruner('mails')
export class MailPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  pruneBatch(now: number): Promise<number> {
    const condition = sql`created_at < ${now - KEPT_MS}`;
    return this.unitOfWork.run(async (tx) => {
      const ids = await deleteBatch<string>(tx, { table: 'mail', key: 'id', condition });
      return ids.length;
    });
  }
}
