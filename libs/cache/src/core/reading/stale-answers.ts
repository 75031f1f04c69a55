import { afterAwake } from '../time/awake-timeout.js';
import { deferred } from '#libs/kernel';
import { cacheErrors } from '../../cache.errors.js';
import type { Entry } from '../entries/entry.js';
import type { RegisteredLoad } from '../loads/load-registry.js';
import type { LoadOutcome } from '../loads/load.js';
import type { ReaderEnvironment } from './reader-environment.js';
import type { Region } from '../entries/region.js';

export interface StalePolicy {
  readonly maxStaleMs?: number;
  readonly softTimeoutMs?: number;
}

export interface LeaseCheck<Value> {
  readonly isConfirmed: boolean;
  /** What may be served, marked stale, although the lease could not be confirmed. */
  readonly held?: Entry<Value> | undefined;
}

/**
 * What a reader may answer, marked stale, although it can be neither confirmed nor loaded in time:
 * what it holds, expired or not. What was invalidated is not held any more, so it is never answered.
 */
export class StaleAnswers<Value> {
  private readonly maxStaleMs: number;
  private readonly softTimeoutMs: number | undefined;

  constructor(
    policy: StalePolicy,
    private readonly region: Pick<Region<Value>, 'get'>,
    private readonly environment: ReaderEnvironment,
  ) {
    this.maxStaleMs = Math.min(policy.maxStaleMs ?? Infinity, environment.maxStaleMs);
    this.softTimeoutMs = policy.softTimeoutMs ?? environment.softTimeoutMs;
  }

  /** Whether there are any; otherwise a read loads or fails. */
  get areAllowed(): boolean {
    return this.maxStaleMs > 0;
  }

  /** Throws `cache.unconfirmed` when memory that keeps up with the log is too old to be answered from. */
  assertMemory(): void {
    const { clock, coherence } = this.environment;
    const isInTime = coherence.followedSinceMs > clock.exactMs() - this.maxStaleMs;
    if (!this.areAllowed || !isInTime) throw cacheErrors.unconfirmed({ retryAfterSeconds: 1 });
  }

  /**
   * Makes sure the log was followed within the lease. When that is impossible because the database
   * is away, says so, with what is held, if it may still be served.
   */
  async confirmLease(id: string, leaseMs: number): Promise<LeaseCheck<Value>> {
    const { clock, coherence, lease } = this.environment;
    if (clock.exactMs() - coherence.followedSinceMs < leaseMs) return { isConfirmed: true };
    if (await lease.renew(leaseMs)) return { isConfirmed: true };
    return { isConfirmed: false, held: this.find(id) };
  }

  find(id: string): Entry<Value> | undefined {
    const { clock, coherence } = this.environment;
    const oldest = clock.exactMs() - this.maxStaleMs;
    if (coherence.followedSinceMs <= oldest) return undefined;
    const entry = this.region.get(id);
    return entry !== undefined && entry.expiresAtMs > oldest ? entry : undefined;
  }

  /**
   * The outcome of the load, or a stale answer when it fails or takes longer than a reader waits. With
   * `gone` it is waited for until that fires.
   */
  async unlessLoaded(
    load: RegisteredLoad<Value>,
    id: string,
    gone?: AbortSignal,
  ): Promise<LoadOutcome<Value> | Entry<Value>> {
    try {
      return await this.inTime(load, id, gone);
    } catch (error) {
      const entry = this.find(id);
      if (entry === undefined) throw error;
      return entry;
    }
  }

  /** Readers who come while a load is slow do not wait as long again. */
  private inTime(
    load: RegisteredLoad<Value>,
    id: string,
    gone: AbortSignal | undefined,
  ): Promise<LoadOutcome<Value> | Entry<Value>> {
    const held = this.find(id);
    if (this.softTimeoutMs === undefined || held === undefined) return load.waitFor(gone);
    // It goes on in the background although its readers are answered with what is held, so it is wanted in any case.
    const outcome = load.waitFor(undefined);
    const { clock } = this.environment;
    const leftMs = load.startedAtMs + this.softTimeoutMs - clock.exactMs();
    if (leftMs <= 0) return Promise.resolve(held);
    const patience = deferred<Entry<Value>>();
    const cancel = afterAwake(
      leftMs,
      () => {
        // It may have been invalidated meanwhile: then only the load can answer.
        const entry = this.find(id);
        if (entry !== undefined) patience.resolve(entry);
      },
      this.environment,
    );
    return Promise.race([outcome, patience.promise]).finally(cancel);
  }
}
