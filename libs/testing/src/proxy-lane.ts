import type { Socket } from 'node:net';

export interface LaneSettings {
  readonly isFrozen: boolean;
  readonly delayMs: number;
}

/** A chunk, or the end of the direction, with the earliest time it may be delivered. */
interface Parcel {
  readonly dueAt: number;
  readonly chunk: Buffer | undefined;
}

/** One direction of a proxied connection: bytes in order, each held for the delay, none while frozen. */
export class ProxyLane {
  private readonly waiting: Parcel[] = [];
  private settings: LaneSettings = { isFrozen: false, delayMs: 0 };
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
  ) {
    from.on('data', (chunk: Buffer) => this.take(chunk));
    from.once('end', () => this.take(undefined));
    to.once('close', () => clearTimeout(this.timer));
  }

  set(settings: LaneSettings): void {
    this.settings = settings;
    // A frozen lane doesn't read either, so that the sender's window fills as it does in front of a dead peer.
    if (settings.isFrozen) this.from.pause();
    else this.from.resume();
    this.deliver();
  }

  private take(chunk: Buffer | undefined): void {
    this.waiting.push({ dueAt: performance.now() + this.settings.delayMs, chunk });
    this.deliver();
  }

  private deliver(): void {
    clearTimeout(this.timer);
    while (!this.settings.isFrozen) {
      const next = this.waiting[0];
      if (next === undefined) return;
      const waitMs = next.dueAt - performance.now();
      if (waitMs > 0) {
        this.timer = setTimeout(() => this.deliver(), waitMs);
        return;
      }
      this.waiting.shift();
      if (this.to.destroyed) return;
      if (next.chunk === undefined) this.to.end();
      else this.to.write(next.chunk);
    }
  }
}
