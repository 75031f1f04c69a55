import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** Keys that links to orders are signed with: with the newest. A link of a key that was removed opens nothing. */
@Entity('order_link_key')
export class OrderLinkKeyEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  /** 32 random bytes in hex. A secret: it never leaves the database and the memory of its replicas. */
  @Column('varchar', { length: 64 })
  signingKey!: string;

  @Column(integerColumn)
  createdAt!: number;
}
