import type { ConfigKey } from '../config-key.js';
import { addressList, byteSize, integer, matching, originList } from '../values/value-schemas.js';

export const httpKeys = {
  HOST: {
    section: 'http',
    doc: 'Address to listen on. The container image sets 0.0.0.0.',
    schema: matching(/^[A-Za-z0-9.:_-]{1,255}$/, 'a host name or an IP address'),
    default: '127.0.0.1',
  },
  PORT: {
    section: 'http',
    doc: 'Port to listen on (API, Socket.IO, health and metrics); 0 picks a free one.',
    schema: integer(0, 65_535),
    default: '3000',
  },
  BODY_LIMIT_BYTES: {
    section: 'http',
    doc: 'Largest JSON body; a larger one is answered with 413.',
    unit: 'bytes, or KiB, MiB, GiB',
    schema: byteSize(1024, 64 * 1024 ** 2),
    default: '262144',
  },
  UPLOAD_LIMIT_BYTES: {
    section: 'http',
    doc: 'Largest uploaded file (authoring).',
    unit: 'bytes, or KiB, MiB, GiB',
    schema: byteSize(1024, 16 * 1024 ** 3),
    default: '200MiB',
  },
  TRUSTED_PROXIES: {
    section: 'http',
    doc: 'Addresses or ranges, comma-separated, of the proxies whose X-Forwarded-* headers are believed.',
    schema: addressList,
    optional: 'none is believed',
    example: '10.0.0.0/8',
  },
  CORS_ORIGINS: {
    section: 'http',
    doc: 'Origins, comma-separated, whose pages may call the API and open a socket; * allows every origin.',
    schema: originList,
    optional: 'no cross-origin access',
    example: 'https://shop.example,https://office.example',
  },
} as const satisfies Record<string, ConfigKey>;
