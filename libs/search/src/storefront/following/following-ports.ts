import type { CoherentCache, Follower } from '#libs/cache';
import type { Logger } from '#libs/observability';
import { boundedSource } from './bounded-source.js';
import type { IndexSource } from './index-source.js';
import { systemTiming } from './index-timing.js';
import type { FollowingPorts } from './indexed-store.js';

/** How long a search waits for what it has to see. */
export const WAIT_MS = 5_000;
const FAILURE_PAUSE_MS = 500;

interface Followed {
  readonly source: IndexSource;
  readonly cache: CoherentCache;
  readonly follower: Follower;
  readonly logger: Logger;
  /** Ends what is under way when the replica stops. */
  readonly signal: AbortSignal;
}

/** What the index of each store is told by in a replica. */
export function followingPorts({
  source,
  cache,
  follower,
  logger,
  signal,
}: Followed): (code: string) => FollowingPorts {
  const bounded = boundedSource(source);
  return (code) => ({
    source: bounded,
    signal,
    follow: () => follower.followNow(),
    sequence: () => cache.sequence,
    timing: systemTiming,
    waitMs: WAIT_MS,
    failurePauseMs: FAILURE_PAUSE_MS,
    reportFailure: (err) => {
      if (!signal.aborted) logger.warn({ err, store: code }, 'an index cannot be loaded');
    },
  });
}
