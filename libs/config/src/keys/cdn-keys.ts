import type { ConfigKey } from '../config-key.js';
import { parsePurgeUrl } from '../urls/purge-url.js';
import { choice, integer, list, parsedText } from '../values/value-schemas.js';

const MINUTE_MS = 60_000;
const YEAR_S = 31_536_000;

/** Goes into a header; its message does not repeat the text. */
function requireToken(text: string): string {
  if (!/^[!-~]{1,1024}$/.test(text)) throw new Error('must be 1 to 1024 characters without spaces');
  return text;
}

export const cdnKeys = {
  CDN_PROVIDER: {
    section: 'cdn',
    doc: 'What stands between shoppers and commerce and keeps answers. Same value for both roles: commerce names what an answer is made of in the header that this one reads, authoring purges by it.',
    schema: choice('fastly', 'cloudflare', 'varnish-xkey', 'varnish-ban', 'webhook'),
    optional: 'answers carry Surrogate-Key and nothing is purged',
    example: 'varnish-ban',
  },
  CDN_PURGE_URL: {
    section: 'cdn',
    doc: 'Authoring only: where purges are sent to. https://api.fastly.com/service/<id>, https://api.cloudflare.com/client/v4/zones/<id>, the address of a Varnish, or of a webhook; several, comma-separated, are caches of their own (every Varnish of a site).',
    schema: list(parsePurgeUrl),
    optional: 'nothing is purged',
    example: 'http://varnish-1:6081,http://varnish-2:6081',
  },
  CDN_PURGE_TOKEN: {
    section: 'cdn',
    doc: 'Authoring only: the key that the provider wants with a purge (Fastly-Key, else Authorization: Bearer). Required by fastly and cloudflare.',
    schema: parsedText(requireToken),
    optional: 'purges carry no key',
    secret: 'all',
  },
  CDN_PURGE_INTERVAL_MS: {
    section: 'cdn',
    doc: 'How often committed changes are looked for; those in between are purged together. Raise it where the provider allows few purges.',
    unit: 'ms',
    schema: integer(50, MINUTE_MS),
    default: '200',
  },
  CDN_PURGE_TIMEOUT_MS: {
    section: 'cdn',
    doc: 'Longest wait for the answer to one purge; it is sent again later.',
    unit: 'ms',
    schema: integer(100, MINUTE_MS),
    default: '5000',
  },
  CDN_PURGE_MAX_TAGS: {
    section: 'cdn',
    doc: 'More tags than this at once become one purge of everything.',
    schema: integer(1, 10_000),
    default: '500',
  },
  CDN_PURGE_REPEAT_MS: {
    section: 'cdn',
    doc: 'Every purge is sent once more after this time: until then a replica that had not heard of the change could answer from before it. More than CACHE_LEASE_MS; with storefronts that read a copy, as much more as the copy may lag.',
    unit: 'ms',
    schema: integer(100, 60 * MINUTE_MS),
    default: '4000',
  },
  CDN_SHARED_SECONDS: {
    section: 'cdn',
    doc: 'Commerce only: s-maxage, how long a shared cache may serve an answer without asking. Without purges an answer is at most this old, and CDN_STALE_SECONDS older; with them it is the bound for a purge that is lost.',
    unit: 's',
    schema: integer(0, YEAR_S),
    default: '5',
  },
  CDN_STALE_SECONDS: {
    section: 'cdn',
    doc: 'Commerce only: stale-while-revalidate, how long after that a shared cache may serve the answer once more while it asks for a new one.',
    unit: 's',
    schema: integer(0, YEAR_S),
    default: '30',
  },
} as const satisfies Record<string, ConfigKey>;
