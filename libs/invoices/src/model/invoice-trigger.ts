import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { OrderObservers, type OrderObserver, type OrderStates } from '#libs/orders';
import { isBillable } from './billable.js';
import { issueInvoicesJob } from './issue-invoices.job.js';

/** Asks for documents in the transaction that makes an order need them, in whichever role that happens. */
@Injectable()
export class InvoiceTrigger implements OrderObserver, OnModuleInit {
  constructor(private readonly observers: OrderObservers) {}

  onModuleInit(): void {
    this.observers.register(this);
  }

  async orderMoved(tx: Transaction, orderId: string, states: OrderStates): Promise<void> {
    if (!isBillable(states)) return;
    await tx.enqueue(issueInvoicesJob, { orderId }, { dedupeKey: `issue-invoices:${orderId}` });
  }
}
