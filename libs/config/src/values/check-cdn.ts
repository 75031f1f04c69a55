import type { ConfigValues } from '../config-table.js';
import { isReported } from '../is-reported.js';

/** What the keys of the CDN demand of one another. */
export function checkCdn(values: Partial<ConfigValues>, problems: string[]): void {
  const {
    CDN_PROVIDER: provider,
    CDN_PURGE_URL: urls,
    CDN_PURGE_TOKEN: token,
    CDN_PURGE_REPEAT_MS: repeatMs,
    CACHE_LEASE_MS: leaseMs,
  } = values;
  if (urls !== undefined && provider === undefined && !isReported('CDN_PROVIDER', problems)) {
    problems.push('CDN_PROVIDER: is required when CDN_PURGE_URL is set');
  }
  const needsToken = provider === 'fastly' || provider === 'cloudflare';
  if (
    urls !== undefined &&
    needsToken &&
    token === undefined &&
    !isReported('CDN_PURGE_TOKEN', problems)
  ) {
    problems.push(`CDN_PURGE_TOKEN: is required for purges of ${provider}`);
  }
  if (
    urls !== undefined &&
    repeatMs !== undefined &&
    leaseMs !== undefined &&
    repeatMs <= leaseMs
  ) {
    problems.push(
      `CDN_PURGE_REPEAT_MS: ${repeatMs} must be greater than CACHE_LEASE_MS (${leaseMs}),` +
        ' or an answer from before a change may be kept after its last purge',
    );
  }
}
