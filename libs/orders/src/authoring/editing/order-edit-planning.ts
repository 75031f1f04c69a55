import { Injectable } from '@nestjs/common';
import { CartPricing, ImaginedCarts, type Cart, type PricedCart } from '#libs/carts';
import { DatabaseClock, PrimaryReader } from '#libs/database';
import { newId, staleVersion, type Address, type Money } from '#libs/kernel';
import { LineProgressRepository } from '../../model/fulfilment/line-progress.repository.js';
import type { Order } from '../../model/order.js';
import { planOrder, type PlannedOrder } from '../../storefront/checkout-plan.js';
import { allowedState } from '../allowed-state.js';
import type { OrderAddress } from '../order-changes.js';
import { OrderDirectory } from '../order.directory.js';
import { agreedByVariant } from '../placing/agreed-by-variant.js';
import { isAnother, type OrderEdit } from './order-edit.js';
import { refusedEdit } from './refused-edit.js';

/** An edit that was worked out, for the version of the order that it was worked out from. */
export interface OrderEditPlan {
  readonly order: Order;
  readonly priced: PricedCart;
  readonly planned: PlannedOrder;
}

/** Says what an order comes to once it is edited, by the totals of every cart. Writes nothing. */
@Injectable()
export class OrderEditPlanning {
  constructor(
    private readonly database: PrimaryReader,
    private readonly clock: DatabaseClock,
    private readonly orders: OrderDirectory,
    private readonly progress: LineProgressRepository,
    private readonly carts: ImaginedCarts,
    private readonly pricing: CartPricing,
  ) {}

  /**
   * Throws `catalog.store-not-found`, `orders.order-not-found`, `orders.action-refused` for an order that must stay as it
   * is, `carts.items-refused` for what no cart would take, and
   * `orders.cart-incomplete` and `orders.items-unavailable` for what could not be ordered.
   */
  async quote(address: OrderAddress, edit: OrderEdit): Promise<OrderEditPlan> {
    const { order, priced } = await this.workOut(address, edit);
    const { totalMinor: amount, currency } = priced.totals;
    return { order, priced, planned: planOrder(priced, { amount, currency }) };
  }

  /**
   * Throws what {@link quote} throws, `orders.action-refused` for an edit that changes nothing, `http.stale-version`, and
   * `orders.total-changed` when it comes to another total.
   */
  async plan(
    address: OrderAddress,
    edit: OrderEdit,
    { version, expectedTotal }: { readonly version: number; readonly expectedTotal: Money },
  ): Promise<OrderEditPlan> {
    const { order, priced } = await this.workOut(address, edit);
    if (order.version !== version) throw staleVersion(order.version);
    const planned = planOrder(priced, expectedTotal);
    if (!isAnother(order, planned)) throw refusedEdit('nothing-changed');
    return { order, priced, planned };
  }

  private async workOut(
    { storeCode, id }: OrderAddress,
    edit: OrderEdit,
  ): Promise<Omit<OrderEditPlan, 'planned'>> {
    const order = await this.orders.getWithin(this.database, storeCode, id);
    await this.assertEditable(order);
    const { items, agreedPrices } = edit;
    const { cart: imagined, variants } = await this.carts.imagine(storeCode, {
      items: items ?? [],
      currency: order.currency,
      locale: order.locale,
      customerId: order.customerId,
      email: order.email,
      coupons: [],
      shippingMethod: edit.shippingMethod ?? order.shipping.method,
      shippingAddress: edit.shippingAddress ?? placeOf(order),
      billingAddress: order.billingAddress,
      paymentMethod: order.paymentMethod,
    });
    const cart = items === undefined ? { ...imagined, lines: linesOf(order) } : imagined;
    const agreed = new Map([
      ...order.lines.map((line) => [line.variantId, line.unitPriceMinor] as const),
      ...agreedByVariant({ items: items ?? [], agreedPrices }, variants),
    ]);
    const held = new Set(order.lines.map(({ variantId }) => variantId));
    const priced = await this.pricing.price(cart, this.clock.wallMs(), { agreed, held });
    // A price that was agreed with its tax is another one without.
    if (priced.totals.pricesIncludeTax !== order.pricesIncludeTax)
      throw refusedEdit('tax-display-changed');
    return { order, priced };
  }

  /**
   * Nothing of it has gone any way, and it used no promotion: those were claimed under what was true then. All of it
   * holds for the version that was read.
   */
  private async assertEditable(order: Order): Promise<void> {
    allowedState(order, 'edit');
    const lines = await this.progress.load(this.database, order.id);
    const isTouched = lines.some(({ shipped, cancelled }) => shipped + cancelled > 0);
    if (isTouched || order.promotions.length > 0) {
      const because = isTouched ? 'pieces-cancelled' : 'promotions-used';
      throw refusedEdit(because);
    }
  }
}

/** What was ordered, whichever SKU it has by now: another product may have the one that it had. */
function linesOf({ lines }: Order): Cart['lines'] {
  return lines.map(({ productId, variantId, quantity }) => ({
    id: newId(),
    productId,
    variantId,
    quantity,
    seenMinor: null,
  }));
}

/** Where it goes without another address. What is to be fetched has that of the shop, where nothing is sent to. */
function placeOf({ shipping, shippingAddress }: Order): Address | null {
  return shipping.pickUpLocation === null ? shippingAddress : null;
}
