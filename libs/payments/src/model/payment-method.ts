/**
 * How an order is paid. `invoice`: on account; `manual`: staff confirm that the money arrived (cash, a
 * transfer); `card`: through a card provider.
 */
export const paymentMethods = ['invoice', 'manual', 'card'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];
