import { z } from 'zod';
import { defineJob } from '#libs/database';

/** A provider that is away for hours is asked again; after that the job is dead, and staff see it. */
const retry = { attempts: 40, backoffMs: 1_000, maxBackoffMs: 10 * 60_000 };
const TIMEOUT_MS = 2 * 60_000;

/** `key`: by which the provider tells a repeated request from another one. */
const operation = z.strictObject({ paymentId: z.uuid(), key: z.uuid() });

/** Takes what a payment is about to capture. */
export const capturePaymentJob = defineJob({
  name: 'capture-payment',
  version: 1,
  schema: operation,
  retry,
  timeoutMs: TIMEOUT_MS,
});

/** Lets go of what was authorised, and of the payment. */
export const voidPaymentJob = defineJob({
  name: 'void-payment',
  version: 1,
  schema: operation,
  retry,
  timeoutMs: TIMEOUT_MS,
});

/** Gives back what a pending refund is about. */
export const refundPaymentJob = defineJob({
  name: 'refund-payment',
  version: 1,
  schema: z.strictObject({ refundId: z.uuid() }),
  retry,
  timeoutMs: TIMEOUT_MS,
});

export const paymentJobs = [capturePaymentJob, voidPaymentJob, refundPaymentJob];
