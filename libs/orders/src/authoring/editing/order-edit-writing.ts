import { Injectable } from '@nestjs/common';
import type { ReadPlan } from '#libs/cache';
import { CustomerLookup, customersErrors } from '#libs/customers';
import { DatabaseClock, type Transaction } from '#libs/database';
import { StockTaker } from '#libs/inventory';
import { staleVersion } from '#libs/kernel';
import { PaymentLedger, PaymentRequests, type OrderPayments } from '#libs/payments';
import { PromotionUses } from '#libs/promotions';
import { addedLines } from '../../model/added-lines.js';
import { OrderMoves } from '../../model/order-moves.js';
import { paymentStateOf } from '../../model/order-state.js';
import type { Order } from '../../model/order.js';
import { reducedShares } from '../../model/reduced-shares.js';
import type { PlannedOrder } from '../../storefront/checkout-plan.js';
import { PlanOutdated } from '../../storefront/order-placing.js';
import { OrderRepository } from '../../storefront/order.repository.js';
import { PlanCheck } from '../../storefront/plan-check.js';
import { OrderDirectory } from '../order.directory.js';
import { tellShopper } from '../tell-shopper.js';
import type { OrderEditPlan } from './order-edit-planning.js';
import { linesAfter, reasonOfEdit, stockChangeOf, type OrderEdit } from './order-edit.js';
import { refusedEdit } from './refused-edit.js';

/** The part of an edit inside its unit of work. */
@Injectable()
export class OrderEditWriting {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly payments: PaymentLedger,
    private readonly requests: PaymentRequests,
    private readonly orders: OrderDirectory,
    private readonly customers: CustomerLookup,
    private readonly check: PlanCheck,
    private readonly uses: PromotionUses,
    private readonly stock: StockTaker,
    private readonly rows: OrderRepository,
    private readonly moves: OrderMoves,
  ) {}

  /** Under the lock of the payment, as everything that changes an order, and only at the version that was planned from. */
  async write(tx: Transaction, plan: ReadPlan<OrderEditPlan>, edit: OrderEdit): Promise<Order> {
    const { order: seen, priced, planned } = plan.value;
    const payments = await this.payments.holdAll(tx, seen.id);
    const order = await this.orders.getWithin(tx, seen.storeCode, seen.id);
    if (order.version !== seen.version) throw staleVersion(order.version);
    const isGone = await this.customers.isErased(tx, order.customerId);
    if (isGone) throw customersErrors.customerNotFound();
    const conflict = await this.check.findConflict(tx, plan);
    if (conflict !== undefined) throw new PlanOutdated(conflict);
    const { storeId, customerId, email } = order;
    const using = {
      orderId: order.id,
      buyer: { storeId, customerId, email },
      usedAt: this.clock.wallMs(),
    };
    if (!(await this.uses.claim(tx, using, priced.promotions.uses))) {
      throw new PlanOutdated(plan.position);
    }
    const { taken, givenBack } = stockChangeOf(order.lines, planned.lines);
    await this.stock.giveBack(tx, storeId, givenBack, 'cancellation');
    const preferred = planned.shipping.pickUpLocation;
    const counted = await this.stock.take(tx, storeId, taken, { preferred });
    const had = new Set(order.lines.filter(isStockTaken).map(({ variantId }) => variantId));
    // Of a line either all pieces are counted or none: what is given back later is the whole of it.
    const isMixed = taken.some(({ variantId }) => had.has(variantId) && !counted.has(variantId));
    if (isMixed) throw refusedEdit('stock-no-longer-counted');
    const lines = linesAfter(order.lines, planned.lines, counted);
    const reason = reasonOfEdit(edit, order, planned);
    const paid = await this.amend(tx, payments, { before: order, after: planned, reason });
    const agreed = { ...planned, lines, plannedAt: plan.position };
    await this.rows.replaceAgreed(tx, order.id, agreed);
    const { state } = order;
    const paymentState = paymentStateOf(paid);
    const audited = { before: auditedOf(order), after: auditedOf({ ...planned, lines }) };
    const edited = { ...order, ...agreed, state, paymentState: order.paymentState };
    const move = { action: 'edit', reason, audited } as const;
    const moved = await this.moves.move(tx, edited, { state, paymentState }, move);
    await tellShopper(tx, moved, 'changed');
    return moved;
  }

  /**
   * What the payments are for the new total. More is a balance, which is billed for itself, part by part. What was paid and comes to no
   * more may become less and nothing else: an invoice says what was agreed, and what is taken off is credited by its taxes.
   */
  private amend(
    tx: Transaction,
    payments: OrderPayments,
    { before, after, reason }: { before: Order; after: PlannedOrder; reason: string },
  ): Promise<OrderPayments> {
    const reduced = reducedShares(before, after);
    const totals = { beforeMinor: before.totalMinor, afterMinor: after.totalMinor };
    const isPaid = payments.some(({ state }) => state === 'captured');
    const isMore = totals.afterMinor > totals.beforeMinor;
    if (isPaid && !isMore && reduced === undefined) throw refusedEdit('paid-otherwise');
    const added = addedLines(before, after);
    const request = { ...totals, reduced: reduced ?? [], added, reason };
    return this.requests.amend(tx, payments, request);
  }
}

function isStockTaken(line: { readonly isStockTaken: boolean }): boolean {
  return line.isStockTaken;
}

function auditedOf({ totalMinor, lines }: Pick<Order, 'totalMinor' | 'lines'>) {
  const items = lines.map(({ sku, quantity, unitPriceMinor }) => ({
    sku,
    quantity,
    unitPriceMinor,
  }));
  return { totalMinor, items };
}
