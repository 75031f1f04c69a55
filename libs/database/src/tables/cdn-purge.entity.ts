import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../schema/integer-column.js';

/** How far the shared cache at one address has been purged of what the invalidation log voids, and who does it. */
@Entity('cdn_purge')
export class CdnPurgeEntity {
  /** Made of the address, the provider and the installation: another of these has another row. */
  @PrimaryColumn('varchar', { length: 64 })
  id!: string;

  @Column('varchar', { length: 110 })
  holder!: string;

  @Column(integerColumn)
  fence!: number;

  @Column(integerColumn)
  expiresAt!: number;

  /** All rows of the log up to here were purged, and purged again. */
  @Column(integerColumn)
  position!: number;
}
