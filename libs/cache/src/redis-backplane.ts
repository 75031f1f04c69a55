import type { Clock } from '#libs/kernel';
import type { Backplane, BackplaneListener, BackplaneState } from './core/publishing/backplane.js';
import type { Scheduler } from './core/time/scheduler.js';

/** The part of a Redis connection that publishes. */
export interface PublishingConnection {
  readonly status: string;
  publish(channel: string, text: string): Promise<unknown>;
}

/** The part of a Redis connection that listens. It reconnects by itself and is `ready` again then. */
export interface SubscribingConnection {
  readonly status: string;
  on(event: 'message', listener: (channel: string, text: string) => void): unknown;
  on(event: 'ready' | 'close', listener: () => void): unknown;
  off(event: 'message', listener: (channel: string, text: string) => void): unknown;
  off(event: 'ready' | 'close', listener: () => void): unknown;
  subscribe(...channels: string[]): Promise<unknown>;
  disconnect(reconnect: boolean): void;
}

export interface RedisBackplaneOptions {
  readonly publisher: PublishingConnection & Pick<SubscribingConnection, 'disconnect'>;
  readonly subscriber: SubscribingConnection;
  readonly channel: string;
  /** A channel of this replica alone, for the heartbeat. */
  readonly heartbeatChannel: string;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
}

const HEARTBEAT_MS = 1_000;
/** Well inside the five seconds in which silence must be noticed. */
const SILENCE_MS = 3_000;

/**
 * The backplane over Redis pub/sub. Every second the replica publishes a heartbeat to itself; it
 * comes back on the subscription, behind everything published before it. When nothing is heard for
 * three seconds the subscription is dead or frozen, and it is made anew. When the heartbeat alone
 * stays away, the publisher is connected to another server than the subscription (one of them was
 * there when the primary moved, the other came later), and it is the publisher that is made anew.
 * Time in which the process could not run is no silence: what came meanwhile is still to be read.
 */
export class RedisBackplane implements Backplane {
  private current: BackplaneState = 'connecting';
  private listener: BackplaneListener | undefined;
  private cancelTimer: () => void = () => undefined;
  private heardAtMs = 0;
  private beatHeardAtMs = 0;
  private beatAtMs = 0;
  private connection = 0;

  constructor(private readonly options: RedisBackplaneOptions) {}

  get state(): BackplaneState {
    return this.current;
  }

  start(listener: BackplaneListener): void {
    this.listener = listener;
    const { subscriber } = this.options;
    subscriber.on('message', this.onMessage);
    subscriber.on('ready', this.onReady);
    subscriber.on('close', this.onClose);
    if (subscriber.status === 'ready') this.onReady();
    this.beatAtMs = this.options.clock.monotonicMs();
    this.scheduleBeat();
  }

  async publish(text: string): Promise<void> {
    await this.options.publisher.publish(this.options.channel, text);
  }

  stop(): Promise<void> {
    this.cancelTimer();
    const { subscriber } = this.options;
    subscriber.off('message', this.onMessage);
    subscriber.off('ready', this.onReady);
    subscriber.off('close', this.onClose);
    this.listener = undefined;
    return Promise.resolve();
  }

  private readonly onReady = (): void => {
    const { subscriber, channel, heartbeatChannel, clock } = this.options;
    this.heardAtMs = clock.monotonicMs();
    this.beatHeardAtMs = this.heardAtMs;
    this.connection += 1;
    const { connection } = this;
    // A late answer on a connection that is gone says nothing about the present one.
    const change = (state: BackplaneState): void => {
      if (this.connection === connection) this.change(state);
    };
    subscriber.subscribe(channel, heartbeatChannel).then(
      () => change('connected'),
      // The connection went meanwhile, or it is made anew when it stays silent.
      () => change('disconnected'),
    );
  };

  private readonly onClose = (): void => {
    this.connection += 1;
    this.change('disconnected');
  };

  private readonly onMessage = (channel: string, text: string): void => {
    this.heardAtMs = this.options.clock.monotonicMs();
    if (channel === this.options.heartbeatChannel) {
      this.beatHeardAtMs = this.heardAtMs;
      if (this.current === 'silent') this.change('connected');
      return;
    }
    if (channel === this.options.channel) this.listener?.message(text);
  };

  private scheduleBeat(): void {
    this.cancelTimer = this.options.scheduler.after(HEARTBEAT_MS, () => {
      this.scheduleBeat();
      this.beat();
    });
  }

  private beat(): void {
    const { publisher, subscriber, heartbeatChannel, clock } = this.options;
    const nowMs = clock.monotonicMs();
    this.discountStall(nowMs);
    if (publisher.status === 'ready') {
      // A heartbeat that cannot be sent is one that is not heard, which is what is looked at.
      publisher.publish(heartbeatChannel, '').catch(() => undefined);
    }
    if (subscriber.status !== 'ready') return;
    if (publisher.status === 'ready' && nowMs - this.beatHeardAtMs > SILENCE_MS) {
      this.beatHeardAtMs = nowMs;
      publisher.disconnect(true);
    }
    if (nowMs - this.heardAtMs <= SILENCE_MS) return;
    // Also when subscribing got no answer: on a connection that stays up nothing else would repeat it.
    if (this.current === 'connected') this.change('silent');
    subscriber.disconnect(true);
  }

  private discountStall(nowMs: number): void {
    const stalledMs = Math.max(0, nowMs - this.beatAtMs - HEARTBEAT_MS);
    this.beatAtMs = nowMs;
    this.heardAtMs = Math.min(nowMs, this.heardAtMs + stalledMs);
    this.beatHeardAtMs = Math.min(nowMs, this.beatHeardAtMs + stalledMs);
  }

  private change(state: BackplaneState): void {
    if (state === this.current) return;
    this.current = state;
    this.listener?.stateChanged(state);
  }
}
