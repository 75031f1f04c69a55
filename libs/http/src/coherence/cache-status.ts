export const CACHE_STATUS_HEADER = 'cache-status';

const CACHE_NAME = 'lockstep';

export interface CacheOutcome {
  readonly outcome:
    'hit' | 'fwd=miss' | 'fwd=miss; stored' | 'fwd=miss; collapsed' | 'fwd=stale' | 'fwd=bypass';
  /** Something in it had expired or could not be confirmed. */
  readonly isStale?: boolean;
}

/** The text of `Cache-Status` (RFC 9211). */
export function cacheStatus({ outcome, isStale = false }: CacheOutcome): string {
  return `${CACHE_NAME}; ${outcome}${isStale ? '; stale' : ''}`;
}
