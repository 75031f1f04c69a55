import { Injectable } from '@nestjs/common';
import {
  isUniqueViolation,
  type NotificationEntity,
  type NotificationReadEntity,
  type OuterRowOf,
  PrimaryReader,
  type RowOf,
  sql,
  UnitOfWork,
} from '#libs/database';
import { systemClock, type JsonObject } from '#libs/kernel';
import { pushErrors } from '../push.errors.js';
import { audiencesOf, type Addressee } from '../sockets/rooms.js';

export interface NotificationView {
  readonly id: number;
  readonly type: string;
  readonly payload: JsonObject;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly readAt: number | undefined;
}

export interface NotificationPage {
  /** Oldest first. */
  readonly items: readonly NotificationView[];
  /** Where to read on: the id of the last item, or where the caller was when there is none. */
  readonly cursor: number;
  readonly hasMore: boolean;
}

type NotificationRow = RowOf<NotificationEntity, 'id' | 'type' | 'payload_json' | 'created_at'> &
  OuterRowOf<NotificationReadEntity, 'read_at'>;

/**
 * Everything somebody was told, from SQL: complete, in order, whatever push did. An id becomes
 * visible only after all smaller ones, so reading on from a cursor misses nothing.
 */
@Injectable()
export class NotificationInbox {
  constructor(
    private readonly database: PrimaryReader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** What came after `after`; without it, the newest page. */
  async list(
    addressee: Addressee,
    after: number | undefined,
    limit: number,
  ): Promise<NotificationPage> {
    const isFirstPage = after === undefined;
    const order = isFirstPage ? sql`n.id DESC` : sql`n.id`;
    const rows = await this.database.query<NotificationRow>(
      sql`SELECT n.id, n.type, n.payload_json, n.created_at, r.read_at
          FROM notification n
          LEFT JOIN notification_read r ON r.notification_id = n.id AND r.user_id = ${addressee.userId}
          WHERE n.audience IN ${sql.in(audiencesOf(addressee))} AND n.id > ${after ?? 0}
          ORDER BY ${order} ${sql.limit(limit + 1)}`,
    );
    const shown = rows.slice(0, limit);
    const items = (isFirstPage ? shown.reverse() : shown).map(toView);
    return {
      items,
      cursor: items.at(-1)?.id ?? after ?? 0,
      // What lies before the newest page is older, not further on.
      hasMore: !isFirstPage && rows.length > limit,
    };
  }

  /** Idempotent. Throws `push.notification-not-found` when it is not for the addressee. */
  async markRead(addressee: Addressee, notificationId: number): Promise<void> {
    try {
      await this.unitOfWork.run(async (tx) => {
        const [notification] = await tx.query<RowOf<NotificationEntity, 'id'>>(
          sql`SELECT id
              FROM notification
              WHERE id = ${notificationId} AND audience IN ${sql.in(audiencesOf(addressee))}`,
        );
        if (notification === undefined) throw pushErrors.notificationNotFound();
        await tx.execute(
          sql`INSERT INTO notification_read (notification_id, user_id, read_at)
              SELECT ${notificationId}, ${addressee.userId}, ${systemClock.wallMs()}
              WHERE NOT EXISTS (
                SELECT 1
                FROM notification_read
                WHERE notification_id = ${notificationId} AND user_id = ${addressee.userId}
              )`,
        );
      });
    } catch (error) {
      // Two requests at once: the other one has marked it.
      if (!isUniqueViolation(this.unitOfWork.dialect, error)) throw error;
    }
  }
}

function toView(row: NotificationRow): NotificationView {
  return {
    id: row.id,
    type: row.type,
    payload: JSON.parse(row.payload_json) as JsonObject,
    createdAt: row.created_at,
    readAt: row.read_at ?? undefined,
  };
}
