import { textKey } from '#libs/cache';

/**
 * How identity is cached. A hit is trusted only while the log was followed within `leaseMs`, so a
 * revocation counts on every replica within half a second even when Redis is away. What cannot be
 * confirmed is never served: it may have been revoked, so the database is asked or the read fails.
 */
export const IDENTITY_REGION = {
  leaseMs: 500,
  maxStaleMs: 0,
  isConfidential: true,
  // All of them are kept under a text: the hash of a credential, or the id of a user.
  key: textKey,
  ttlMs: 5 * 60_000,
  negativeTtlMs: 10_000,
  maxEntries: 10_000,
} as const;
