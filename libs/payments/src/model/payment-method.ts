/**
 * How an order is paid. `invoice`: on account; `manual`: staff confirm that the money arrived (cash, a
 * transfer).
 */
export const paymentMethods = ['invoice', 'manual'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];
