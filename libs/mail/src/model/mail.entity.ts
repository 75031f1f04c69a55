import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { MailLanguage, MailState } from './mail.js';

@Entity('mail')
export class MailEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column('varchar', { length: 200 })
  dedupeKey!: string;

  @Column('varchar', { length: 60 })
  kind!: string;

  @Column('nvarchar', { length: 320 })
  recipient!: string;

  @Column('varchar', { length: 20 })
  language!: MailLanguage;

  @Column('nvarchar', { length: 300 })
  subject!: string;

  /** Null: erased. */
  @Column('text', { nullable: true })
  html!: string | null;

  @Column('text', { nullable: true })
  plainText!: string | null;

  @Column('smallint')
  isConfidential!: number;

  /** Null: nothing goes with it. */
  @Column('varchar', { length: 20, nullable: true })
  attachmentSource!: string | null;

  @Column('varchar', { length: 36, nullable: true })
  attachmentId!: string | null;

  @Column('varchar', { length: 20 })
  state!: MailState;

  @Column(integerColumn)
  sendRound!: number;

  @Column(integerColumn)
  attempts!: number;

  @Column('nvarchar', { length: 200, nullable: true })
  lastError!: string | null;

  @Column(integerColumn)
  version!: number;

  @Column(integerColumn)
  createdAt!: number;

  @Column({ ...integerColumn, nullable: true })
  sentAt!: number | null;
}
