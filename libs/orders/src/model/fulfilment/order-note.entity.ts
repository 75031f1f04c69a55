import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** What staff note about an order, for each other. */
@Entity('order_note')
export class OrderNoteEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  orderId!: string;

  @Column('nvarchar', { length: 200, nullable: true })
  author!: string | null;

  @Column('nvarchar', { length: 2000 })
  note!: string;

  @Column(integerColumn)
  createdAt!: number;
}
