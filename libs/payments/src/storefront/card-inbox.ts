import { Injectable } from '@nestjs/common';
import {
  DatabaseClock,
  isUniqueViolation,
  sql,
  UnitOfWork,
  type Transaction,
  type RowOf,
} from '#libs/database';
import { LockstepError } from '#libs/kernel';
import {
  CardMessages,
  type CardMessage,
  type CardMessageSubject,
} from '../model/card/card-messages.js';
import type { PaymentEventOutcome, PaymentEventEntity } from '../model/payment-event.entity.js';
import { PaymentReports } from '../model/payment-reports.js';
import { PaymentRepository } from '../model/payment.repository.js';
import type { Payment } from '../model/payment.js';

const METHOD = 'card';
const REFUSED = 'payments.step-refused';

/** Messages of the card provider: each is noted by its id in the transaction of what it changes. */
@Injectable()
export class CardInbox {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
    private readonly messages: CardMessages,
    private readonly payments: PaymentRepository,
    private readonly reports: PaymentReports,
  ) {}

  /**
   * Takes a message in; one that is known, or tells nothing new, changes nothing. `body` as it came.
   * Throws `payments.not-configured` and `payments.signature-invalid`; whatever else is thrown, the
   * provider sends the message again.
   */
  async take(body: string, signature: string): Promise<void> {
    const message = this.messages.read(body, signature);
    try {
      await this.unitOfWork.run((tx) => this.store(tx, message));
    } catch (error) {
      // The same message, at the same moment, on another replica.
      if (!isUniqueViolation(this.unitOfWork.dialect, error)) throw error;
    }
  }

  private async store(tx: Transaction, message: CardMessage): Promise<void> {
    const known = await tx.query<RowOf<PaymentEventEntity, 'event_id'>>(sql`
      SELECT event_id
      FROM payment_event
      WHERE method = ${METHOD} AND event_id = ${message.id}`);
    if (known.length > 0) return;
    const payment = await this.find(tx, message.subject);
    const outcome = await this.apply(tx, message.subject, payment);
    await tx.execute(
      sql.insert('payment_event', [
        {
          method: METHOD,
          event_id: message.id,
          type: message.type,
          payment_id: payment?.id ?? null,
          outcome,
          occurred_at: message.occurredAt,
          received_at: this.clock.wallMs(),
        },
      ]),
    );
  }

  private async find(tx: Transaction, subject: CardMessageSubject): Promise<Payment | undefined> {
    switch (subject.kind) {
      case 'payment':
        return subject.paymentId === null
          ? undefined
          : this.payments.findById(tx, subject.paymentId);
      case 'refund':
        return subject.paymentReference === null
          ? undefined
          : this.payments.findByReference(tx, METHOD, subject.paymentReference);
      case 'other':
        return undefined;
    }
  }

  private async apply(
    tx: Transaction,
    subject: CardMessageSubject,
    payment: Payment | undefined,
  ): Promise<PaymentEventOutcome> {
    if (subject.kind === 'other') return 'ignored';
    if (payment === undefined || payment.method !== METHOD) return 'unknown';
    try {
      const isChanged =
        subject.kind === 'payment'
          ? await this.reports.takePayment(tx, { of: payment, sight: subject.sight })
          : await this.reports.takeRefund(tx, payment, subject);
      return isChanged ? 'applied' : 'ignored';
    } catch (error) {
      // It does not fit, and will not when it is sent again; staff see it in the inbox.
      if (error instanceof LockstepError && error.code === REFUSED) return 'refused';
      throw error;
    }
  }
}
