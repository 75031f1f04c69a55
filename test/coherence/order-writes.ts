import { newId } from '#libs/kernel';
import { OrderLookup } from '../../libs/orders/src/model/order-lookup.js';
import { OrderMoves } from '../../libs/orders/src/model/order-moves.js';
import { OrderRepository } from '../../libs/orders/src/storefront/order.repository.js';
import { testOrder } from '../../libs/orders/test/test-order.js';
import type { Write } from './catalog-writes.js';
import type { ShopWorld } from './shop-world.js';

/** Written as a checkout writes it. */
export function placeOrder(shop: ShopWorld, customerId: string, placedAt: number): Promise<void> {
  const id = newId();
  const order = testOrder({ id, number: id.slice(-12), customerId, placedAt });
  return shop.unitOfWork.run((tx) =>
    shop.get(OrderRepository).insert(tx, order, {
      cartId: newId(),
      tokenHash: id,
      customerKey: null,
    }),
  );
}

async function latestOf(shop: ShopWorld): Promise<string> {
  const { customer } = shop.ids;
  const [latest] = await shop.unitOfWork.run((tx) =>
    shop.get(OrderLookup).listOfCustomer(tx, customer, undefined, 1),
  );
  return latest?.id ?? '';
}

/** What happens to the orders of the customer. */
export const orderWrites: readonly Write[] = [
  { name: 'an order is placed', run: (shop) => placeOrder(shop, shop.ids.customer, 2) },
  {
    name: 'an order is cancelled',
    run: async (shop) => {
      const id = await latestOf(shop);
      await shop.unitOfWork.run(async (tx) => {
        const order = await shop.get(OrderLookup).findForShop(tx, id);
        if (order === undefined) throw new TypeError('the customer has no order');
        await shop
          .get(OrderMoves)
          .move(
            tx,
            order,
            { state: 'cancelled', paymentState: order.paymentState },
            { action: 'cancel', reason: null },
          );
      });
    },
  },
  {
    name: 'an order is paid, says its provider',
    run: async (shop) => {
      const id = await latestOf(shop);
      await shop.unitOfWork.run((tx) =>
        shop.get(OrderMoves).follow(tx, id, 'paid', { action: 'confirm-payment', reason: null }),
      );
    },
  },
];
