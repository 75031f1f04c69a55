import type { Redis } from 'ioredis';
import { withDeadline, type Clock } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import type { ConnectionPurpose } from './connection-options.js';

export type ConnectionState =
  | { readonly status: 'connecting' }
  | { readonly status: 'connected'; readonly sinceMs: number }
  | { readonly status: 'lost'; readonly sinceMs: number; readonly reason: string }
  | { readonly status: 'closed' };

export interface ConnectionWatchOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onOutage: (purpose: ConnectionPurpose) => void;
}

/** A silent peer is noticed within five seconds whatever the command timeout is. */
const PING_EVERY_MS = 1000;
const PING_TIMEOUT_MS = 2000;
const SILENCE_MS = 1900;

/**
 * Knows how one connection is, without anybody having to use it.
 *
 * A peer that accepts bytes and answers nothing (frozen, half-open) is noticed within five seconds by a
 * ping of our own, for subscribers too, whose sockets are silent by nature; the connection is then made
 * anew. An outage is logged once when it begins and once when it ends, however often is retried.
 */
export class ConnectionWatch {
  private current: ConnectionState = { status: 'connecting' };
  private lastError = 'connection closed';
  private timer: NodeJS.Timeout | undefined;
  private isPinging = false;
  private silence: { readonly sinceMs: number; readonly pings: number } | undefined;

  constructor(
    readonly purpose: ConnectionPurpose,
    private readonly client: Redis,
    private readonly options: ConnectionWatchOptions,
  ) {}

  get state(): ConnectionState {
    return this.current;
  }

  start(): void {
    this.client.on('ready', () => this.connected());
    this.client.on('close', () => this.lost());
    // Without a listener an error would end the process; `close` follows every one that matters.
    this.client.on('error', (error: Error) => {
      this.lastError = describe(error);
    });
    this.timer = setInterval(() => void this.ping(), PING_EVERY_MS);
    this.timer.unref();
  }

  /** Stops watching; what happens to the connection afterwards is wanted. */
  stop(): void {
    clearInterval(this.timer);
    this.current = { status: 'closed' };
  }

  private connected(): void {
    if (this.current.status === 'closed') return;
    const { clock, logger } = this.options;
    const nowMs = clock.monotonicMs();
    if (this.current.status === 'lost') {
      const outageMs = Math.round(nowMs - this.current.sinceMs);
      logger.info({ purpose: this.purpose, outageMs }, 'redis connection restored');
    }
    this.current = { status: 'connected', sinceMs: nowMs };
  }

  private lost(): void {
    if (this.current.status === 'closed' || this.current.status === 'lost') return;
    const reason = this.lastError;
    this.current = { status: 'lost', sinceMs: this.options.clock.monotonicMs(), reason };
    this.options.logger.warn({ purpose: this.purpose, reason }, 'redis connection lost');
    this.options.onOutage(this.purpose);
  }

  private async ping(): Promise<void> {
    if (this.isPinging || this.client.status !== 'ready') return;
    const { clock } = this.options;
    const startedAtMs = clock.monotonicMs();
    this.isPinging = true;
    const outcome = await this.askForLife();
    this.isPinging = false;
    if (outcome === 'answered' || this.client.status !== 'ready') {
      this.silence = undefined;
      return;
    }
    const { sinceMs, pings } = this.silence ?? { sinceMs: startedAtMs, pings: 0 };
    this.silence = { sinceMs, pings: pings + 1 };
    // One command that timed out may mean that our own event loop stood still; a second one does not.
    const isSilent = pings > 0 && clock.monotonicMs() - sinceMs >= SILENCE_MS;
    if (outcome === 'silent' || isSilent) this.giveUp();
  }

  private async askForLife(): Promise<'answered' | 'command timed out' | 'silent'> {
    let outcome: 'answered' | 'command timed out' | 'silent' = 'silent';
    const answer = this.client.ping().then(
      () => (outcome = 'answered'),
      // A refusal is an answer too.
      ({ message }: Error) =>
        (outcome = message === 'Command timed out' ? 'command timed out' : 'answered'),
    );
    try {
      await withDeadline(answer, PING_TIMEOUT_MS, 'a ping');
    } catch {
      // When it was the event loop that stood still, the answer waits in the socket: read it first.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return outcome;
  }

  private giveUp(): void {
    this.silence = undefined;
    this.lastError = 'silent: pings were not answered';
    this.client.disconnect(true);
  }
}

function describe(error: Error): string {
  // ioredis collects what each address of a host answered in an AggregateError without a message.
  if (error instanceof AggregateError) {
    return error.errors.map((inner: Error) => inner.message).join('; ');
  }
  return error.message;
}
