import { Injectable } from '@nestjs/common';
import {
  DatabaseClock,
  insertRows,
  PrimaryReader,
  sql,
  UnitOfWork,
  type RowOf,
} from '#libs/database';
import { customerLimits } from '../model/customer.js';
import { customersErrors } from '../model/customers.errors.js';
import type { Shopper } from '../model/shopper.js';
import type { WishListItemEntity } from '../model/wish-list-item.entity.js';

export interface WishedVariant {
  readonly variantId: string;
  readonly productId: string;
}

/** What customers want to find again, at most 200 each; every statement names the customer. */
@Injectable()
export class WishList {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: PrimaryReader,
    private readonly clock: DatabaseClock,
  ) {}

  /** Newest first. */
  async list({ customerId }: Shopper): Promise<WishedVariant[]> {
    const rows = await this.database.query<
      RowOf<WishListItemEntity, 'variant_id' | 'product_id'>
    >(sql`
      SELECT variant_id, product_id
      FROM wish_list_item
      WHERE customer_id = ${customerId}
      ORDER BY created_at DESC, variant_id`);
    return rows.map(({ variant_id: variantId, product_id: productId }) => ({
      variantId,
      productId,
    }));
  }

  /** Adding what is there changes nothing. Throws `customers.wish-list-full`. */
  async ensure({ customerId }: Shopper, { variantId, productId }: WishedVariant): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await tx.lock(`wish-list:${customerId}`);
      const rows = await tx.query<RowOf<WishListItemEntity, 'variant_id'>>(
        sql`
          SELECT variant_id
          FROM wish_list_item
          WHERE customer_id = ${customerId}`,
      );
      if (rows.some((row) => row.variant_id === variantId)) return;
      if (rows.length >= customerLimits.wishes) throw customersErrors.wishListFull();
      const item = { customer_id: customerId, variant_id: variantId, product_id: productId };
      await insertRows(tx, 'wish_list_item', [{ ...item, created_at: this.clock.wallMs() }]);
    });
  }

  /** Removing what is not there changes nothing. */
  async remove({ customerId }: Shopper, variantId: string): Promise<void> {
    await this.unitOfWork.run((tx) =>
      tx.execute(sql`
        DELETE FROM wish_list_item
        WHERE customer_id = ${customerId} AND variant_id = ${variantId}`),
    );
  }
}
