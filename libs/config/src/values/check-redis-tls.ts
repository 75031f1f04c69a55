import type { ConfigValues } from '../config-table.js';
import { isReported } from '../is-reported.js';

/**
 * What TLS to Redis demands: a certificate and its key together, and an address that says TLS. Without it all of them
 * would be left unused, and what was meant to be encrypted would not be.
 */
export function checkRedisTls(values: Partial<ConfigValues>, problems: string[]): void {
  const { REDIS_URL: url, REDIS_TLS_CERT: cert, REDIS_TLS_KEY: key } = values;
  if (cert !== undefined && key === undefined && !isReported('REDIS_TLS_KEY', problems)) {
    problems.push('REDIS_TLS_KEY: is required when REDIS_TLS_CERT is set');
  }
  if (key !== undefined && cert === undefined && !isReported('REDIS_TLS_CERT', problems)) {
    problems.push('REDIS_TLS_CERT: is required when REDIS_TLS_KEY is set');
  }
  if (url === undefined || url.tls) return;
  for (const name of ['REDIS_TLS_CA', 'REDIS_TLS_CERT', 'REDIS_TLS_KEY'] as const) {
    if (values[name] === undefined) continue;
    problems.push(`${name}: is for TLS, which REDIS_URL does not ask for; begin it with rediss`);
  }
}
