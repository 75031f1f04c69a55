import { allocate } from '#libs/kernel';
import { dueMinor, isLetGo, isUntaken, refundableMinor, type Payment } from './payment.js';
import type { RefundedParts, ReducedShare } from './refunds/refund.js';

/** All payments of an order: the one it was placed with, and what edits added since, oldest first. */
export type OrderPayments = readonly [Payment, ...Payment[]];

/**
 * The payments that stand for what an order comes to, oldest first. Not: what was waived whole and let go of, and a further payment that
 * its provider let go of, in whose place another is asked for. Pure.
 */
export function countedPayments(payments: OrderPayments): readonly Payment[] {
  return payments.filter((payment) => {
    const isReplaced = payment.balance !== null && payment.state === 'voided';
    return !isReplaced && !(isLetGo(payment) && dueMinor(payment) === 0);
  });
}

/** What was taken and stays, or is owed, in minor units: what the order comes to unless money was moved by hand. Pure. */
export function standingMinor(payments: OrderPayments): number {
  return sumOf(countedPayments(payments), (payment) =>
    payment.state === 'captured' ? refundableMinor(payment) : dueMinor(payment),
  );
}

/** What still has to be paid or promised, oldest first; nothing of an order whose money is let go of. Pure. */
export function openPayments(payments: OrderPayments): readonly Payment[] {
  const counted = countedPayments(payments);
  return counted.some(isLetGo) ? [] : counted.filter(({ state }) => state === 'pending');
}

/** The same in minor units. Pure. */
export function openMinor(payments: OrderPayments): number {
  return sumOf(openPayments(payments), dueMinor);
}

/** How much less of one payment there is once an order comes to less. */
export interface LessPart {
  readonly payment: Payment;
  /** `waive`: it was not taken, and is no longer owed. */
  readonly kind: 'waive' | 'give-back';
  readonly amountMinor: number;
}

/**
 * Of which payments an amount comes off. Pure. What was not taken yet is no longer owed, what was added last before the rest; then one
 * payment gives back, where one suffices. The parts come to the amount, or to all that there is.
 */
export function lessOf(payments: OrderPayments, amountMinor: number): readonly LessPart[] {
  const newestFirst = countedPayments(payments).toReversed();
  const parts: LessPart[] = [];
  let leftMinor = amountMinor;
  const take = (payment: Payment, kind: LessPart['kind'], mostMinor: number) => {
    const partMinor = Math.min(leftMinor, mostMinor);
    if (partMinor <= 0) return;
    parts.push({ payment, kind, amountMinor: partMinor });
    leftMinor -= partMinor;
  };
  for (const payment of newestFirst.filter(isUntaken)) take(payment, 'waive', dueMinor(payment));
  for (const part of refundsOf(payments, leftMinor)) {
    take(part.payment, 'give-back', part.amountMinor);
  }
  return parts;
}

/** Which payments give an amount back: the oldest that can alone, else several, what was added last before the rest. Pure. */
export function refundsOf(payments: OrderPayments, amountMinor: number): readonly LessPart[] {
  const taken = countedPayments(payments).filter(({ state }) => state === 'captured');
  const whole = taken.find((payment) => refundableMinor(payment) >= amountMinor);
  const givers = whole === undefined ? taken.toReversed() : [whole];
  let leftMinor = amountMinor;
  return givers.flatMap((payment): LessPart[] => {
    const partMinor = Math.min(leftMinor, refundableMinor(payment));
    leftMinor -= partMinor;
    return partMinor > 0 ? [{ payment, kind: 'give-back', amountMinor: partMinor }] : [];
  });
}

const NO_PARTS: RefundedParts = { items: [], shipping: null };

/**
 * What each part of an amount is for. Pure. What an edit took off is divided exactly; pieces, which cannot be divided, stand with the
 * last part, and count once.
 */
export function dividedParts(
  parts: RefundedParts,
  amounts: readonly number[],
): readonly RefundedParts[] {
  if (amounts.length <= 1) return amounts.map(() => parts);
  const { reduced } = parts;
  const shares = reduced === undefined ? undefined : dividedShares(reduced, amounts);
  return amounts.map((_amount, index) => {
    const own = index === amounts.length - 1 ? parts : NO_PARTS;
    return shares === undefined ? own : { ...own, reduced: shares[index] ?? [] };
  });
}

function dividedShares(
  reduced: readonly ReducedShare[],
  amounts: readonly number[],
): readonly (readonly ReducedShare[])[] {
  const queue = [...reduced];
  return amounts.map((amountMinor) => {
    const own: ReducedShare[] = [];
    let leftMinor = amountMinor;
    while (leftMinor > 0) {
      const share = queue.shift();
      if (share === undefined) break;
      const [part, rest] = cut(share, Math.min(leftMinor, share.totalMinor));
      own.push(part);
      if (rest.totalMinor > 0) queue.unshift(rest);
      leftMinor -= part.totalMinor;
    }
    return own;
  });
}

function cut(share: ReducedShare, totalMinor: number): readonly [ReducedShare, ReducedShare] {
  const weights = [share.netMinor, ...share.taxes.map(({ amountMinor }) => amountMinor)];
  const [netMinor = 0, ...amounts] = allocate(totalMinor, weights);
  const taxes = share.taxes.map((tax, index) => ({ ...tax, amountMinor: amounts[index] ?? 0 }));
  const rest = {
    netMinor: share.netMinor - netMinor,
    taxes: share.taxes.map((tax, index) => ({
      ...tax,
      amountMinor: tax.amountMinor - (amounts[index] ?? 0),
    })),
    totalMinor: share.totalMinor - totalMinor,
  };
  return [{ netMinor, taxes, totalMinor }, rest];
}

function sumOf(payments: readonly Payment[], amountOf: (payment: Payment) => number): number {
  return payments.reduce((sum, payment) => sum + amountOf(payment), 0);
}
