import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** An order that staff prepare for somebody; it takes nothing of anything. */
@Entity('order_draft')
export class OrderDraftEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column('varchar', { length: 60 })
  storeCode!: string;

  /** For whom; null: a guest. */
  @Column('varchar', { length: 36, nullable: true })
  customerId!: string | null;

  /** What is to be ordered, with addresses and agreed prices. */
  @Column('text')
  contentJson!: string;

  /** Of staff for each other. */
  @Column('nvarchar', { length: 2000, nullable: true })
  note!: string | null;

  @Column('nvarchar', { length: 200, nullable: true })
  author!: string | null;

  @Column(integerColumn)
  version!: number;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  updatedAt!: number;

  @Column(integerColumn)
  expiresAt!: number;
}
