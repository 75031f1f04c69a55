import type { ConfigKey } from '../config-key.js';
import { parseRedisUrl } from '../urls/redis-url.js';
import { integer, matching, parsedText } from '../values/value-schemas.js';

/** Their messages do not repeat the text: a key pasted here by mistake must not reach a log. */
function requireCertificate(text: string): string {
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new Error('must be a PEM certificate');
  return text;
}

function requireKey(text: string): string {
  if (!/-----BEGIN (?:EC |RSA )?PRIVATE KEY-----/.test(text)) {
    throw new Error('must be a PEM private key without a passphrase');
  }
  return text;
}

export const redisKeys = {
  REDIS_URL: {
    section: 'redis',
    doc: 'Messages and disposable copies: `redis://[user:password@]host:6379[/database]`, `rediss://` for TLS, `redis+sentinel://[user:password@]host1:26379,host2:26379/group[/database][?sentinelPassword=]`, `redis+cluster://[user:password@]host1:6379,host2:6379` (both with `rediss` too), or the Azure form `host:6380,password=...,ssl=True,abortConnect=False`.',
    schema: parsedText(parseRedisUrl),
    secret: 'login',
    example: 'redis://127.0.0.1:6379',
  },
  REDIS_TLS_CA: {
    section: 'redis',
    doc: 'Certificate authority (PEM) that Redis certificates are checked against, usually given as REDIS_TLS_CA_FILE.',
    schema: parsedText(requireCertificate),
    optional: 'the authorities Node.js trusts',
    secret: 'all',
  },
  REDIS_TLS_CERT: {
    section: 'redis',
    doc: 'Certificate (PEM) that this replica shows to a Redis which asks for one (`tls-auth-clients`), usually given as REDIS_TLS_CERT_FILE.',
    schema: parsedText(requireCertificate),
    optional: 'none is shown',
    secret: 'all',
  },
  REDIS_TLS_KEY: {
    section: 'redis',
    doc: 'Private key (PEM) of REDIS_TLS_CERT, usually given as REDIS_TLS_KEY_FILE.',
    schema: parsedText(requireKey),
    optional: 'none',
    secret: 'all',
  },
  REDIS_COMMAND_TIMEOUT_MS: {
    section: 'redis',
    doc: 'Longest wait for the answer to one command; SQL answers after that.',
    unit: 'ms',
    schema: integer(20, 10_000),
    default: '300',
  },
  CHANNEL_PREFIX: {
    section: 'redis',
    doc: 'Namespace of channels, keys and queues, so that two installations can share a Redis. Same value on every replica.',
    schema: matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/, '1 to 32 letters, digits, ".", "_", "-"'),
    default: 'lockstep',
  },
} as const satisfies Record<string, ConfigKey>;
