import { Injectable } from '@nestjs/common';
import { deleteBatch, PlatformPruner, sql, UnitOfWork, type PrunesPlatform } from '#libs/database';

const KEPT_MS = 30 * 24 * 3_600_000;

/** Removes notifications after thirty days, with the notes of who has read them. */
@Injectable()
@PlatformPruner('notifications')
export class NotificationPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  pruneBatch(now: number): Promise<number> {
    const condition = sql`created_at < ${now - KEPT_MS}`;
    return this.unitOfWork.run(async (tx) => {
      const ids = await deleteBatch<number>(tx, { table: 'notification', key: 'id', condition });
      await tx.execute(sql`DELETE FROM notification_read WHERE notification_id IN ${sql.in(ids)}`);
      return ids.length;
    });
  }
}
