import { createHash } from 'node:crypto';
import type { Logger } from '#libs/observability';
import type { CacheSnapshot, SampledEntry } from '#libs/cache';
import type { WarmStartReport } from './warm-start/warm-start.js';

/** What this replica serves is not what the database holds, and nothing has said that it changed. */
export function inconsistencyFound(
  logger: Pick<Logger, 'error'>,
  entry: SampledEntry,
  { position, leaseAgeMs }: Pick<CacheSnapshot, 'position' | 'leaseAgeMs'>,
): void {
  const { region, isConfidential, text, tags, expiresInMs } = entry;
  logger.error(
    {
      region,
      tags,
      // Finds the same key in the logs of other replicas, also where its text must not be shown.
      keySha256: createHash('sha256').update(text).digest('hex'),
      ...(isConfidential ? {} : { cacheKey: text }),
      expiresInMs: Math.round(expiresInMs),
      position,
      leaseAgeMs,
    },
    'a cached entry differs from the database',
  );
}

/** From now on the replica may take traffic. */
export function warmStartEnded(
  logger: Pick<Logger, 'info'>,
  { tookMs, ...keys }: WarmStartReport,
): void {
  logger.info({ tookMs: Math.round(tookMs), ...keys }, 'the warm start is over');
}
