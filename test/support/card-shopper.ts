import { randomUUID } from 'node:crypto';
import { eventually, testCards, type CardProviderStandIn, type RunningFleet } from '#libs/testing';
import type { OrderAnswer as StaffOrder } from '../../apps/authoring/src/orders/order.schemas.js';
import type { PaymentAnswer as StaffPayment } from '../../apps/authoring/src/orders/payment.schemas.js';
import type { ReplicaClient, Reply } from './replica-client.js';
import { checkout, fillCart, type HeldCart } from './shop-client.js';

/** An order of a shopper who pays by card. */
export interface CardOrder {
  readonly id: string;
  readonly number: string;
  readonly totalMinor: number;
  readonly held: HeldCart;
  readonly clientSecret: string;
  /** How the provider names the payment. */
  readonly reference: string;
}

/** Shoppers who pay by card, the provider that tells the shop of it, and staff who see it. */
export class CardShopper {
  constructor(
    private readonly fleet: RunningFleet,
    private readonly provider: CardProviderStandIn,
    private readonly shop: ReplicaClient,
    private readonly staff: ReplicaClient,
    private readonly store: string,
  ) {}

  async order(sku: string): Promise<CardOrder> {
    const { held, cart } = await fillCart(this.shop, this.store, [{ sku, quantity: 2 }], 'card');
    const { status, body } = await checkout(this.shop, held, cart.total, randomUUID());
    const action = body.payment?.nextAction;
    if (status !== 201 || action?.kind !== 'confirm') {
      throw new Error(`no payment to confirm: ${status} ${JSON.stringify(body)}`);
    }
    const { clientSecret } = action;
    const reference = clientSecret.replace(/_secret_.*$/, '');
    return { ...body, totalMinor: body.total.amount, held, clientSecret, reference };
  }

  /** Whose card is good, and whose payment the shop has heard of. */
  async authorised(sku: string): Promise<CardOrder> {
    const order = await this.order(sku);
    this.provider.confirm(order.clientSecret, testCards.good);
    await this.tell('payment_intent.amount_capturable_updated', order.reference);
    return order;
  }

  /** Sends the newest event of a type about an object, to one of the replicas. */
  async tell(type: string, objectId: string, replica = 0): Promise<number> {
    const event = this.provider.eventsOf(type, objectId).at(-1);
    if (event === undefined) throw new Error(`no event ${type} about ${objectId}`);
    const url = this.fleet.commerce[replica]?.url ?? '';
    return this.provider.deliver(event, `${url}/api/v1/payments/webhooks/card`);
  }

  async payment({ id }: Pick<CardOrder, 'id'>): Promise<StaffPayment> {
    const path = `/orders/${id}/payment?store=${this.store}`;
    return (await this.staff.expect<StaffPayment>(200, 'GET', path)).body;
  }

  async seenByStaff({ id }: Pick<CardOrder, 'id'>): Promise<StaffOrder> {
    const path = `/orders/${id}?store=${this.store}`;
    return (await this.staff.expect<StaffOrder>(200, 'GET', path)).body;
  }

  act(
    { id }: Pick<CardOrder, 'id'>,
    act: 'capture' | 'void' | 'refunds',
    body: object = {},
    key: string = randomUUID(),
  ): Promise<Reply<StaffPayment>> {
    return this.staff.call<StaffPayment>(
      'POST',
      `/orders/${id}/payment/${act}?store=${this.store}`,
      {
        headers: { 'idempotency-key': key },
        body,
      },
    );
  }

  until(
    order: Pick<CardOrder, 'id'>,
    what: string,
    isSo: (payment: StaffPayment) => boolean,
  ): Promise<StaffPayment> {
    return eventually(
      `the payment is ${what}`,
      async () => {
        const payment = await this.payment(order);
        return isSo(payment) ? payment : undefined;
      },
      { withinMs: 120_000 },
    );
  }
}
