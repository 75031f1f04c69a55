import {
  type CoherentCache,
  type Follower,
  pause,
  type Scheduler,
  type TurnClock,
} from '#libs/cache';
import { deferred } from '#libs/kernel';
import { averageUse, type HotKey } from './hot-key.js';
import type { HotKeyRepository } from './hot-key.repository.js';

export interface WarmStartOptions {
  readonly cache: Pick<CoherentCache, 'upkeeps' | 'hasRoomForLoads'>;
  readonly follower: Pick<Follower, 'followNow'>;
  readonly notes: Pick<HotKeyRepository, 'list'>;
  readonly timing: { readonly clock: TurnClock; readonly scheduler: Scheduler };
  /** 0 is off. */
  readonly boundMs: number;
  /** Loads at the same time. */
  readonly lanes: number;
  readonly onKnown: (keys: readonly HotKey[]) => void;
  readonly onEnded: (report: WarmStartReport) => void;
}

export interface WarmStartReport {
  readonly tookMs: number;
  readonly loaded: number;
  readonly failed: number;
  /** Their texts are of no key of this release, or there was no time left for them. */
  readonly skipped: number;
}

const MAX_KEYS = 1_000;
const RETRY_MS = 100;
const ROOM_POLL_MS = 10;

/**
 * Loads what the fleet uses most before the replica takes traffic: after the log was followed, through
 * the ordinary readers. It is over when all of it is loaded or its time is up, whatever the database
 * does; what it began goes on as any load does.
 */
export class WarmStart {
  private state: 'new' | 'running' | 'over' = 'new';
  private loaded = 0;
  private failed = 0;
  private known = 0;

  constructor(private readonly options: WarmStartOptions) {}

  get isOver(): boolean {
    return this.state === 'over' || this.options.boundMs === 0;
  }

  /** Resolves when it is over; never rejects. */
  async run(): Promise<void> {
    const { boundMs, timing, onEnded } = this.options;
    if (this.state !== 'new' || boundMs === 0) return;
    this.state = 'running';
    const beganAtMs = timing.clock.exactMs();
    const timeIsUp = deferred<void>();
    const cancel = timing.scheduler.after(boundMs, () => timeIsUp.resolve());
    await Promise.race([this.work(), timeIsUp.promise]);
    cancel();
    this.state = 'over';
    const { loaded, failed, known } = this;
    const skipped = known - loaded - failed;
    onEnded({ tookMs: timing.clock.exactMs() - beganAtMs, loaded, failed, skipped });
  }

  /** A stop ends it. */
  stop(): void {
    this.state = 'over';
  }

  private async work(): Promise<void> {
    await this.followLog();
    const keys = await this.findKeys();
    this.known = keys.length;
    const waiting = [...keys];
    const { lanes } = this.options;
    await Promise.all(Array.from({ length: lanes }, () => this.loadAll(waiting)));
  }

  /** Before that nothing that is loaded could be trusted. */
  private async followLog(): Promise<void> {
    while (!this.isOver) {
      try {
        await this.options.follower.followNow();
        return;
      } catch {
        await pause(this.options.timing.scheduler, RETRY_MS); // The follower reports when the log cannot be followed.
      }
    }
  }

  private async findKeys(): Promise<readonly HotKey[]> {
    const { notes, onKnown } = this.options;
    try {
      const keys = averageUse(await notes.list()).slice(0, MAX_KEYS);
      if (this.isOver) return [];
      onKnown(keys);
      return keys;
    } catch {
      return []; // Then the replica starts as if nothing had been noted.
    }
  }

  /** Shares the keys that wait with others of its kind. */
  private async loadAll(waiting: HotKey[]): Promise<void> {
    const { cache } = this.options;
    // A turn of the event loop between two loads: an embedded database answers without giving one.
    for (; !this.isOver; await pause(this.options.timing.scheduler, 0)) {
      if (!cache.hasRoomForLoads) {
        await pause(this.options.timing.scheduler, ROOM_POLL_MS);
        continue;
      }
      const key = waiting.shift();
      if (key === undefined) return;
      await this.load(key);
    }
  }

  private async load({ region, text }: HotKey): Promise<void> {
    let isLoaded = false;
    let isFailed = false;
    try {
      isLoaded = (await this.options.cache.upkeeps.get(region)?.warm(text)) ?? false;
    } catch {
      isFailed = true; // The first request for it is told why.
    }
    if (this.isOver) return;
    if (isLoaded) this.loaded += 1;
    if (isFailed) this.failed += 1;
  }
}
