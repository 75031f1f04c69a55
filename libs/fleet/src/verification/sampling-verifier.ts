import type { CoherentCache, SampledEntry, Scheduler, TurnClock } from '#libs/cache';
import type { EntryVerifier, VerificationResult } from './entry-verifier.js';

export interface SamplingVerifierOptions {
  readonly cache: Pick<CoherentCache, 'sampleEntry' | 'tryEnterLoads'>;
  readonly verifier: Pick<EntryVerifier, 'verify'>;
  readonly timing: { readonly clock: TurnClock; readonly scheduler: Scheduler };
  readonly random: () => number;
  /** On average; 0 is off. */
  readonly perSecond: number;
  readonly onVerified: (entry: SampledEntry, result: VerificationResult) => void;
}

const MS_PER_SECOND = 1_000;
/** Pauses against the time it works: on an embedded database a query blocks the whole process. */
const PAUSE_FACTOR = 50;

/**
 * Compares a few held entries per second with the database: the one test of coherence that runs in
 * production. What differs is dropped. One at a time, only while there is room among the loads, and at most 2 % of the time.
 */
export class SamplingVerifier {
  private readonly stopping = new AbortController();
  private cancelTimer: () => void = () => undefined;

  constructor(private readonly options: SamplingVerifierOptions) {}

  start(): void {
    if (this.options.perSecond > 0) this.scheduleNext(0);
  }

  /** What is under way ends as `failed`, uncounted. */
  stop(): void {
    this.stopping.abort();
    this.cancelTimer();
  }

  /** undefined: nothing to compare, or no room to do it. */
  async verifyOne(): Promise<VerificationResult | undefined> {
    const { cache, verifier, onVerified } = this.options;
    const leave = cache.tryEnterLoads();
    if (leave === undefined) return undefined;
    try {
      const entry = cache.sampleEntry();
      if (entry === undefined) return undefined;
      const result = await verifier.verify(entry, this.stopping.signal);
      if (result === 'different') entry.drop();
      if (!this.stopping.signal.aborted) onVerified(entry, result);
      return result;
    } finally {
      leave();
    }
  }

  private scheduleNext(tookMs: number): void {
    if (this.stopping.signal.aborted) return;
    const { timing, random, perSecond } = this.options;
    // Between a half and one and a half of the mean, so that replicas do not ask in step.
    const paceMs = (MS_PER_SECOND / perSecond) * (0.5 + random());
    this.cancelTimer = timing.scheduler.after(Math.max(paceMs, tookMs * PAUSE_FACTOR), () => {
      const beganAtMs = timing.clock.exactMs();
      void this.verifyOne().finally(() => this.scheduleNext(timing.clock.exactMs() - beganAtMs));
    });
  }
}
