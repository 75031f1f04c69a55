import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 24;

/** A secret that only its holder knows; what is stored is its hash. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** SHA-256 in hex: a token is random, so nothing slower is needed. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
