import type { Balance, Payment } from '../src/model/payment.js';

/** A payment of 100 that nothing was promised of, which staff see to. */
export function somePayment(changes: Partial<Payment> = {}): Payment {
  return {
    id: 'p',
    orderId: 'o',
    balance: null,
    method: 'manual',
    currency: 'EUR',
    amountMinor: 100,
    state: 'pending',
    waivedMinor: 0,
    authorisedMinor: 0,
    capturePendingMinor: 0,
    capturedMinor: 0,
    refundPendingMinor: 0,
    refundedMinor: 0,
    providerReference: null,
    failureCode: null,
    version: 1,
    createdAt: 1,
    updatedAt: 1,
    ...changes,
  };
}

/** The same that was taken. */
export function paidPayment(changes: Partial<Payment> = {}): Payment {
  const amountMinor = changes.amountMinor ?? 100;
  const taken = { authorisedMinor: amountMinor, capturedMinor: amountMinor };
  return somePayment({ state: 'captured', ...taken, ...changes });
}

export const someBalance: Balance = { claim: 'c', lines: [] };
