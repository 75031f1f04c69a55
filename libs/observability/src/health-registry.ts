import { setTimeout } from 'node:timers/promises';
import { withDeadline } from '#libs/kernel';

/** Where a replica is in its life. It takes traffic only while it is `serving`. */
export type ReplicaPhase = 'starting' | 'serving' | 'draining';

/** Proves that something the replica cannot work without works; rejects when it does not. */
export type ReadinessCheck = () => Promise<void>;

/** Says at once, from what is known already, how something is that the replica can do without. */
export type DegradationIndicator = () => { readonly isDegraded: boolean; readonly reason?: string };

export interface CheckResult {
  readonly status: 'up' | 'down' | 'degraded';
  readonly reason?: string;
}

export interface HealthReport {
  readonly isReady: boolean;
  readonly phase: ReplicaPhase;
  readonly checks: Readonly<Record<string, CheckResult>>;
}

const CHECK_TIMEOUT_MS = 2000;
const LOOK_EVERY_MS = 200;

/**
 * What `/health/ready` answers from. Libs register what they know when their module starts.
 *
 * Guarantees: a report takes at most two seconds; readers at the same time share one; a degraded indicator
 * never makes a replica unready, and cannot wait for anything because it is synchronous.
 */
export class HealthRegistry {
  private currentPhase: ReplicaPhase = 'starting';
  private readonly checks = new Map<string, ReadinessCheck>();
  private readonly indicators = new Map<string, DegradationIndicator>();
  private underWay: Promise<HealthReport> | undefined;

  get phase(): ReplicaPhase {
    return this.currentPhase;
  }

  /** The replica listens and everything it needs is connected. */
  markServing(): void {
    if (this.currentPhase === 'starting') this.currentPhase = 'serving';
  }

  /** The replica is going to stop; there is no way back. */
  markDraining(): void {
    this.currentPhase = 'draining';
  }

  /** While `check` rejects or hangs, the replica gets no traffic. */
  requireReady(name: string, check: ReadinessCheck): void {
    this.checks.set(name, check);
  }

  /** Shown to operators only. */
  watch(name: string, indicator: DegradationIndicator): void {
    this.indicators.set(name, indicator);
  }

  report(): Promise<HealthReport> {
    this.underWay ??= this.makeReport().finally(() => {
      this.underWay = undefined;
    });
    return this.underWay;
  }

  /**
   * Resolves when nothing keeps the replica from traffic any more: every check has passed. For work that shoppers gain
   * from and that no answer needs, such as filling a memory: at a start it would take the time of what is waited for.
   * Throws the reason of the signal; without it, it waits as long as a check fails.
   */
  async allPassed(signal: AbortSignal, lookEveryMs = LOOK_EVERY_MS): Promise<void> {
    for (;;) {
      const { checks } = await this.report();
      signal.throwIfAborted();
      if (Object.values(checks).every(({ status }) => status !== 'down')) return;
      await setTimeout(lookEveryMs, undefined, { signal, ref: false });
    }
  }

  private async makeReport(): Promise<HealthReport> {
    const checked = await Promise.all(
      [...this.checks].map(async ([name, check]) => [name, await runCheck(name, check)] as const),
    );
    const watched = [...this.indicators].map(
      ([name, indicator]) => [name, readIndicator(indicator)] as const,
    );
    return {
      isReady:
        this.currentPhase === 'serving' && checked.every(([, { status }]) => status === 'up'),
      phase: this.currentPhase,
      checks: Object.fromEntries([...checked, ...watched]),
    };
  }
}

async function runCheck(name: string, check: ReadinessCheck): Promise<CheckResult> {
  try {
    await withDeadline(check(), CHECK_TIMEOUT_MS, `the check of ${name}`);
    return { status: 'up' };
  } catch {
    // The reason is logged where it arises; anybody may read the health of a replica.
    return { status: 'down' };
  }
}

function readIndicator(indicator: DegradationIndicator): CheckResult {
  const { isDegraded, reason } = indicator();
  return { status: isDegraded ? 'degraded' : 'up', ...(reason === undefined ? {} : { reason }) };
}
