import { withDeadline, type Clock } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import type { CoherentCache, Scheduler } from '#libs/cache';
import type { HotKeyRepository } from './hot-key.repository.js';
import type { HotKey } from './hot-key.js';

export interface UseRecorderOptions {
  readonly cache: Pick<CoherentCache, 'upkeeps'>;
  readonly notes: Pick<HotKeyRepository, 'save'>;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly random: () => number;
  readonly logger: Pick<Logger, 'warn'>;
}

const EVERY_MS = 60_000;
/** Replicas do not write in step. */
const SPREAD = 0.1;
/** Each time it is noted: what was used ten minutes ago counts about a third. */
const DECAY = 0.9;
/** Of what others used: the replica has to see for itself. */
const INHERITED = 0.5;
const NOTE_WITHIN_MS = 1_000;

/** Notes once a minute, and at an orderly stop, which keys this replica uses most. */
export class UseRecorder {
  private cancelTimer: () => void = () => undefined;
  private isStopped = false;

  constructor(private readonly options: UseRecorderOptions) {}

  start(): void {
    if (this.isStopped) return;
    const { random, scheduler } = this.options;
    const waitMs = EVERY_MS * (1 + SPREAD * (2 * random() - 1));
    this.cancelTimer = scheduler.after(waitMs, () => {
      void this.note().finally(() => this.start());
    });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.cancelTimer();
    await this.note();
  }

  /**
   * Begins with what other replicas used, so that what they know is not lost when this one is stopped
   * before it has seen much.
   */
  inherit(keys: readonly HotKey[]): void {
    const { upkeeps } = this.options.cache;
    for (const { region, text, uses } of keys) {
      upkeeps.get(region)?.uses?.add(text, uses * INHERITED);
    }
  }

  /** Never rejects: what is not noted only costs loads when a replica starts. */
  async note(): Promise<void> {
    const { cache, notes, clock, logger } = this.options;
    const keys: HotKey[] = [];
    for (const [region, { uses: table }] of cache.upkeeps) {
      for (const [text, uses] of table?.mostUsed() ?? []) keys.push({ region, text, uses });
    }
    if (keys.length === 0) return;
    try {
      await withDeadline(notes.save(keys, clock.wallMs()), NOTE_WITHIN_MS, 'noting the used keys');
      for (const { uses } of cache.upkeeps.values()) uses?.decay(DECAY);
    } catch (err) {
      logger.warn({ err }, 'the keys that are used most could not be noted');
    }
  }
}
