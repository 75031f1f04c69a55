import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { ProductStatus } from './product.js';

/** The head row of a product; what it consists of is in rows of its own (`product-rows.ts`). */
@Entity('product')
export class ProductEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column('varchar', { length: 200 })
  slug!: string;

  @Column('varchar', { length: 20 })
  status!: ProductStatus;

  @Column('nvarchar', { length: 200, nullable: true })
  brand!: string | null;

  @Column('varchar', { length: 36, nullable: true })
  categoryId!: string | null;

  @Column('nvarchar', { length: 300, nullable: true })
  sourceKey!: string | null;

  @Column('varchar', { length: 64, nullable: true })
  sourceHash!: string | null;

  @VersionColumn(integerColumn)
  version!: number;

  @Column(integerColumn)
  createdAt!: number;

  /** When it was active for the first time; null until then, and where a replica of an older release has published it. */
  @Column({ ...integerColumn, nullable: true })
  publishedAt!: number | null;

  @Column(integerColumn)
  updatedAt!: number;
}
