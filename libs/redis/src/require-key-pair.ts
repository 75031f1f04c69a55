import { createSecureContext } from 'node:tls';
import { ConfigurationError, type RedisConfig } from '#libs/config';

/**
 * Throws ConfigurationError when the certificate and the key for Redis cannot be used together: every connection
 * would fail for ever, with a message that names neither.
 */
export function requireKeyPair({ cert, key }: RedisConfig['tls']): void {
  if (cert === undefined || key === undefined) return;
  try {
    createSecureContext({ cert, key });
  } catch {
    // The reason is left out: what cannot be read may stand in it.
    throw new ConfigurationError([
      'REDIS_TLS_KEY: is not the key of REDIS_TLS_CERT, or one of the two cannot be read',
    ]);
  }
}
