import type { TrialOutcome } from './fault-trial.js';
import { LEASE_MS } from './trial-shop.js';

/** What a request that waited for Redis would take at least is its command timeout, several times over. */
const MAX_REQUEST_MS = 1_000;
/** An overloaded machine answers everything late; who waits for Redis is later than those who do not. */
const NOISE_FACTOR = 4;

/** The outcomes of trials, judged and printed as one table. */
export class TrialReport {
  private readonly outcomes: TrialOutcome[] = [];
  /** How slow requests are without a fault. */
  private calmMs = 0;

  /** The outcome of a trial without a fault: what the others are compared with. */
  judgeCalm(outcome: TrialOutcome): readonly string[] {
    const broken = this.judge(outcome);
    this.calmMs = Math.max(outcome.slowestReadMs, outcome.slowestWriteMs);
    return broken;
  }

  /** What of the promises was broken. Nothing may have been noticed by anybody outside. */
  judge(outcome: TrialOutcome): readonly string[] {
    this.outcomes.push(outcome);
    const { staleKeys, oldestStaleMs, needlessReloads, slowestReadMs, slowestWriteMs } = outcome;
    const { noiseMs } = outcome;
    const limitMs = Math.max(MAX_REQUEST_MS, NOISE_FACTOR * Math.max(noiseMs, this.calmMs));
    return [
      ...outcome.failures,
      ...(staleKeys === 0 ? [] : [`${staleKeys} keys are stale after the bound`]),
      ...(oldestStaleMs < LEASE_MS ? [] : [`an answer was ${oldestStaleMs} ms old`]),
      ...(needlessReloads === 0 ? [] : [`${needlessReloads} loads of unchanged products`]),
      ...(slowestReadMs < limitMs ? [] : [`a read took ${slowestReadMs} of ${limitMs} ms`]),
      ...(slowestWriteMs < limitMs ? [] : [`a write took ${slowestWriteMs} of ${limitMs} ms`]),
    ];
  }

  print(): void {
    const rows = this.outcomes.map(({ fault, failures, ...counts }) => {
      return [fault, { ...counts, failures: failures.length }] as const;
    });
    console.table(Object.fromEntries(rows));
  }
}
