import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../integer-column.js';

/** Who has read which notification. */
@Entity('notification_read')
export class NotificationReadEntity {
  @PrimaryColumn({ ...integerColumn, name: 'notification_id' })
  notificationId!: number;

  @PrimaryColumn('varchar', { name: 'user_id', length: 36 })
  userId!: string;

  @Column({ ...integerColumn, name: 'read_at' })
  readAt!: number;
}
