import { EventEmitter } from 'node:events';
import type {
  PublishingConnection,
  SubscribingConnection,
} from '../../../libs/cache/src/redis-backplane.js';
import type { Agenda, Lane } from '../engine/agenda.js';
import type { Random } from '../engine/random.js';
import type { SimulatedRedis } from './simulated-redis.js';

/** The connection of one replica that publishes. */
export class SimulatedPublisher implements PublishingConnection {
  isCut = false;

  constructor(
    private readonly redis: SimulatedRedis,
    private readonly lane: Lane,
  ) {}

  get status(): string {
    return this.redis.isReachable ? 'ready' : 'reconnecting';
  }

  publish(channel: string, text: string): Promise<void> {
    return this.redis.publish(this.lane, () => this.isCut, channel, text);
  }

  /** There is one server here: a new connection goes where the old one went. */
  disconnect(): void {}
}

const COMMAND_TIMEOUT_MS = 500;

/** The connection of one replica that listens: reconnects by itself, and may go silent unnoticed. */
export class SimulatedSubscriber extends EventEmitter implements SubscribingConnection {
  status = 'connecting';
  /** Connected, but nothing comes through in either direction. */
  isSilent = false;
  /** When something last reached the replica, or it last connected. */
  lastSignMs = 0;
  private channels = new Set<string>();
  private lastArrivalMs = 0;
  private connection = 0;

  constructor(
    private readonly agenda: Agenda,
    private readonly random: Random,
    private readonly redis: SimulatedRedis,
    private readonly lane: Lane,
  ) {
    super();
    redis.attach(this);
    this.connectIn(this.random.between(1, 30));
  }

  listensTo(channel: string): boolean {
    return this.status === 'ready' && this.channels.has(channel);
  }

  subscribe(...channels: string[]): Promise<void> {
    const { connection } = this;
    return new Promise((resolve, reject) => {
      this.agenda.after(this.random.between(1, 5), {
        kind: 'io',
        label: `redis subscribes ${this.lane.name}`,
        run: () => {
          const isDone = this.connection === connection && !this.isSilent && this.redis.isReachable;
          if (isDone) for (const channel of channels) this.channels.add(channel);
          this.plan(isDone ? 2 : COMMAND_TIMEOUT_MS, isDone ? 'subscribed' : 'no answer', () => {
            if (isDone) resolve();
            else reject(new Error('no answer to subscribe'));
          });
        },
      });
    });
  }

  send(channel: string, text: string, delayMs: number, mayOvertake: boolean): void {
    const { connection } = this;
    const { nowMs } = this.agenda;
    const atMs = mayOvertake ? nowMs + delayMs : Math.max(this.lastArrivalMs, nowMs + delayMs);
    this.lastArrivalMs = Math.max(this.lastArrivalMs, atMs);
    this.plan(atMs - nowMs, `hears ${channel} ${text}`, () => {
      if (this.isSilent || this.connection !== connection) return;
      this.lastSignMs = this.agenda.nowMs;
      this.emit('message', channel, text);
    });
  }

  disconnect(): void {
    this.drop();
  }

  /** The connection is lost; a new one is made. */
  drop(): void {
    if (this.status === 'closed') return;
    this.status = 'closed';
    this.connection += 1;
    this.channels = new Set();
    const { connection } = this;
    const connectMs = this.random.between(50, 300);
    this.plan(0, 'lost its subscription', () => {
      this.emit('close');
      // Not before it is told of, also where the replica stood still meanwhile.
      if (this.connection === connection) this.connectIn(connectMs);
    });
  }

  close(): void {
    this.status = 'ended';
    this.redis.detach(this);
  }

  private connectIn(ms: number): void {
    const { connection } = this;
    this.plan(ms, 'connects', () => {
      if (this.status === 'ended' || this.connection !== connection) return;
      if (!this.redis.isReachable || this.isSilent) {
        this.connectIn(this.random.between(100, 500));
        return;
      }
      this.status = 'ready';
      this.lastSignMs = this.agenda.nowMs;
      this.emit('ready');
    });
  }

  private plan(ms: number, label: string, run: () => void): void {
    this.agenda.after(ms, { kind: 'io', lane: this.lane, label, run });
  }
}
