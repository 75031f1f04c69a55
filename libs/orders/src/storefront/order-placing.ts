import { Injectable } from '@nestjs/common';
import type { ReadPlan } from '#libs/cache';
import { CartRepository } from '#libs/carts';
import type { Transaction } from '#libs/database';
import { StockTaker, type TakenStock } from '#libs/inventory';
import { newId } from '#libs/kernel';
import { PaymentLedger, type PaymentMethod, type PaymentState } from '#libs/payments';
import { customerKeyOf, PromotionUses } from '#libs/promotions';
import { enqueueConfirmation } from '../model/confirming/confirm-order.job.js';
import type { OrderAwaits } from '../model/confirming/order-awaits.js';
import { writeOrderMailJob } from '../model/order-mail.job.js';
import { newOrderNumber } from '../model/order-number.js';
import type { CheckoutPlan } from './checkout-planning.js';
import { OrderRepository } from './order.repository.js';
import { PlanCheck } from './plan-check.js';

/** What a checkout brought about; the order is opened with the token of the cart. */
export type PlacedOrder = {
  readonly id: string;
  readonly number: string;
  readonly totalMinor: number;
  readonly currency: string;
  /** `confirmation`: its stock is taken by a job; null: it was taken. */
  readonly awaits: OrderAwaits | null;
  readonly payment: { readonly method: PaymentMethod; readonly state: PaymentState };
};

/** What the plan was built from has changed; up to here this replica has to catch up. */
export class PlanOutdated extends Error {
  constructor(readonly position: number) {
    super('the plan is outdated');
  }
}

/** By whom and when an order is placed, and what opens it. */
export interface OrderOpening {
  readonly tokenHash: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Who of the staff places it, and what is to be said of it; absent: the shopper does. */
  readonly by?: { readonly actor: string | null; readonly reason: string | null };
}

/** So long its goods are kept for an order whose stock a job takes; the job usually takes them at once. */
const ORDER_HOLD_MS = 15 * 60_000;

const NOTHING_TAKEN: TakenStock = new Map();

const SHOPPER = { actor: null, reason: null };

/** The part of a checkout inside its unit of work. */
@Injectable()
export class OrderPlacing {
  constructor(
    private readonly carts: CartRepository,
    private readonly stock: StockTaker,
    private readonly uses: PromotionUses,
    private readonly orders: OrderRepository,
    private readonly check: PlanCheck,
    private readonly payments: PaymentLedger,
  ) {}

  async place(
    tx: Transaction,
    plan: ReadPlan<CheckoutPlan>,
    { tokenHash, now, by }: OrderOpening,
  ): Promise<PlacedOrder> {
    const { priced, order, numberPrefix, takesStock } = plan.value;
    const { cart } = priced;
    if (!(await this.carts.consume(tx, cart, now))) throw new PlanOutdated(plan.position);
    const conflict = await this.check.findConflict(tx, plan);
    if (conflict !== undefined) throw new PlanOutdated(conflict);
    const id = newId();
    const buyer = { storeId: cart.storeId, customerId: order.customerId, email: order.email };
    const using = { orderId: id, buyer, usedAt: now };
    // Somebody else has had the last use: planned again, the cart comes to another total.
    if (!(await this.uses.claim(tx, using, priced.promotions.uses))) {
      throw new PlanOutdated(plan.position);
    }
    const holds = cart.holdingSince !== null;
    const taken = takesStock
      ? await this.stock.take(tx, cart.storeId, order.lines, {
          holderId: holds ? cart.id : undefined,
          preferred: order.shipping.pickUpLocation,
        })
      : NOTHING_TAKEN;
    if (holds && !takesStock) {
      await this.stock.keepFor(tx, { from: cart.id, to: id, expiresAt: now + ORDER_HOLD_MS });
    }
    const awaits = takesStock ? null : ('confirmation' as const);
    const number = newOrderNumber(numberPrefix);
    await this.orders.insert(
      tx,
      {
        ...order,
        id,
        number,
        awaits,
        lines: order.lines.map((line) => ({
          ...line,
          isStockTaken: taken.has(line.variantId),
          takenFrom: taken.get(line.variantId) ?? [],
        })),
        plannedAt: plan.position,
        version: 1,
        placedAt: now,
        updatedAt: now,
        transitions: [{ sequence: 1, action: 'place', ...(by ?? SHOPPER), occurredAt: now }],
      },
      { cartId: cart.id, tokenHash, customerKey: customerKeyOf(buyer) ?? null },
    );
    const { totalMinor, currency, paymentMethod: method } = order;
    const { state } = await this.payments.open(tx, {
      orderId: id,
      method,
      currency,
      amountMinor: totalMinor,
    });
    if (awaits !== null) await enqueueConfirmation(tx, id);
    await tx.enqueue(writeOrderMailJob, { orderId: id, mail: 'confirmation', sequence: 1 });
    tx.notify('permission:orders:order:read', {
      type: 'order-placed',
      payload: { id, number, store: cart.storeCode },
    });
    return { id, number, totalMinor, currency, awaits, payment: { method, state } };
  }
}
