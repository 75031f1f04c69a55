import type { Scheduler } from '../core/time/scheduler.js';

export interface CircuitOptions {
  readonly scheduler: Scheduler;
  /** Asks the other side for a sign of life; settles within the time a caller may wait. */
  readonly probe: () => Promise<unknown>;
  readonly probeEveryMs: number;
  /** Whether an error is an answer of the other side, and so a sign of life. */
  readonly isRefusal: (error: unknown) => boolean;
  readonly onChanged?: (isOpen: boolean) => void;
}

export type Attempt<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'refused' }
  /** Asked, and no answer came: it may have been done, or be done later. */
  | { readonly kind: 'silent' }
  /** Not asked. */
  | { readonly kind: 'open' };

/**
 * Keeps callers from waiting for a service that does not answer.
 *
 * The first question without an answer opens the circuit; from then on no caller has to wait, until a
 * probe in the background has got an answer. No caller is ever the one who tries, so none waits for a
 * trial of another either. What was asked before the circuit closed says nothing about the time after.
 */
export class Circuit {
  private phase: 'closed' | 'open' | 'stopped' = 'closed';
  /** How often it has closed. */
  private episode = 0;
  private cancelProbe: () => void = () => undefined;

  constructor(private readonly options: CircuitOptions) {}

  get isOpen(): boolean {
    return this.phase !== 'closed';
  }

  /** Never rejects, and asks nothing while the circuit is open. */
  async run<T>(ask: () => Promise<T>): Promise<Attempt<T>> {
    if (this.isOpen) return { kind: 'open' };
    const { episode } = this;
    try {
      return { kind: 'answered', value: await ask() };
    } catch (error) {
      if (this.options.isRefusal(error)) return { kind: 'refused' };
      if (episode === this.episode) this.open();
      return { kind: 'silent' };
    }
  }

  /** Asks nothing any more. */
  stop(): void {
    this.cancelProbe();
    this.phase = 'stopped';
  }

  private open(): void {
    if (this.isOpen) return;
    this.phase = 'open';
    this.options.onChanged?.(true);
    this.probeLater();
  }

  private probeLater(): void {
    const { scheduler, probeEveryMs } = this.options;
    this.cancelProbe = scheduler.after(probeEveryMs, () => void this.probe());
  }

  private async probe(): Promise<void> {
    const { probe, isRefusal, onChanged } = this.options;
    const isAnswered = await probe().then(() => true, isRefusal);
    if (this.phase !== 'open') return;
    if (!isAnswered) {
      this.probeLater();
      return;
    }
    this.phase = 'closed';
    this.episode += 1;
    onChanged?.(false);
  }
}
