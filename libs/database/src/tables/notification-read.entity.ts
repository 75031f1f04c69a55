import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../schema/integer-column.js';

/** Who has read which notification. */
@Entity('notification_read')
export class NotificationReadEntity {
  @PrimaryColumn(integerColumn)
  notificationId!: number;

  @PrimaryColumn('varchar', { length: 36 })
  userId!: string;

  @Column(integerColumn)
  readAt!: number;
}
