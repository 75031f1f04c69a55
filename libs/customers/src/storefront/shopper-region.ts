import { textKey } from '#libs/cache';

/**
 * How sessions of shoppers and who they belong to are cached: the rules of staff sessions. A hit is trusted
 * only while the log was followed within `leaseMs`, so a revocation counts on every replica within a
 * second even when Redis is away (at a site that reads a copy: plus how far its log is behind); what cannot be confirmed is never served. However many sessions are
 * live, a replica holds those that it was asked for last, at most `maxEntries`; the others cost one indexed read.
 */
export const SHOPPER_REGION = {
  leaseMs: 500,
  maxStaleMs: 0,
  isConfidential: true,
  // The hash of a token, or the id of a customer.
  key: textKey,
  ttlMs: 5 * 60_000,
  negativeTtlMs: 10_000,
  maxEntries: 20_000,
} as const;
