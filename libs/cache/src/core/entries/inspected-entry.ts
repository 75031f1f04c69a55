import type { Entry } from './entry.js';
import type { ReaderEnvironment } from '../reading/reader-environment.js';

export interface InspectedEntry<Value> {
  readonly value: Value | undefined;
  readonly tags: readonly string[];
  readonly bytes: number;
  /** Negative when it has expired. */
  readonly expiresInMs: number;
  /** The log was followed recently enough to serve it without asking. */
  readonly isConfirmed: boolean;
}

/** Everything there is to know of an entry. */
export function inspected<Value>(
  { value, tags, bytes, expiresAtMs }: Entry<Value>,
  { clock, coherence }: Pick<ReaderEnvironment, 'clock' | 'coherence'>,
  leaseMs: number,
): InspectedEntry<Value> {
  const now = clock.exactMs();
  return {
    value,
    tags,
    bytes,
    expiresInMs: expiresAtMs - now,
    isConfirmed: now - coherence.followedSinceMs < leaseMs,
  };
}
