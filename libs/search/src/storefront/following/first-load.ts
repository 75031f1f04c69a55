import { deferred } from '#libs/kernel';
import { pauseOf, type IndexTiming } from './index-timing.js';
import { isTooLarge } from './load-progress.js';

/** A replica is ready after this time, also when a store could not be loaded by then. */
export const FIRST_LOAD_LIMIT_MS = 5 * 60_000;
const FAILURE_PAUSE_MS = 500;

/** What the first load of a replica works on. */
export interface FirstLoadPorts {
  /** The codes of all stores, when every row of the log is applied from now on. */
  readonly storeCodes: () => Promise<readonly string[]>;
  /** Resolves when the store has been loaded. */
  readonly load: (code: string) => Promise<void>;
  readonly timing: IndexTiming;
  readonly signal: AbortSignal;
  readonly reportFailure: (error: unknown) => void;
}

/**
 * Loads every store once, one after the other; one that cannot be loaded keeps no other from it, and is tried
 * again, but one that is too large is not. It ends after five minutes at the latest, counted from when it is known which stores there are: without
 * the database a replica has nothing to serve.
 */
export class FirstLoad {
  private readonly loaded = new Set<string>();
  private readonly tooLarge = new Set<string>();
  private endsAtMs: number | undefined;

  constructor(private readonly ports: FirstLoadPorts) {}

  /** The codes of the stores that could not be loaded in time; undefined when it was ended by the signal. */
  async run(): Promise<readonly string[] | undefined> {
    const { signal, timing, reportFailure } = this.ports;
    while (!signal.aborted) {
      try {
        const missing = await this.loadRest();
        const isDone = missing.every((code) => this.tooLarge.has(code));
        if (isDone || this.leftMs <= 0) return missing;
      } catch (error) {
        if (!signal.aborted) reportFailure(error);
      }
      if (!signal.aborted) await pauseOf(timing, FAILURE_PAUSE_MS);
    }
    return undefined;
  }

  private get leftMs(): number {
    const { timing } = this.ports;
    return (this.endsAtMs ?? Infinity) - timing.nowMs();
  }

  private async loadRest(): Promise<readonly string[]> {
    const { storeCodes, timing, signal, reportFailure } = this.ports;
    const codes = await storeCodes();
    this.endsAtMs ??= timing.nowMs() + FIRST_LOAD_LIMIT_MS;
    for (const code of codes) {
      if (this.loaded.has(code) || this.tooLarge.has(code) || signal.aborted) continue;
      try {
        if (await this.isLoadedInTime(code)) this.loaded.add(code);
      } catch (error) {
        if (isTooLarge(error)) this.tooLarge.add(code);
        if (!signal.aborted) reportFailure(error);
      }
    }
    return codes.filter((code) => !this.loaded.has(code));
  }

  /** False when the time is up; the load goes on. */
  private async isLoadedInTime(code: string): Promise<boolean> {
    const { load, timing } = this.ports;
    const limit = deferred<boolean>();
    const cancel = timing.after(Math.max(0, this.leftMs), () => limit.resolve(false));
    const loaded = load(code).then(() => true);
    loaded.catch(() => undefined); // Of one that nobody waits for any more it is told where it fails.
    return Promise.race([loaded, limit.promise]).finally(cancel);
  }
}
