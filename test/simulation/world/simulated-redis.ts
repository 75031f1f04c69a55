import type { Agenda, Lane } from '../engine/agenda.js';
import type { Random } from '../engine/random.js';
import type { SimulatedSubscriber } from './simulated-subscriber.js';

export interface RedisHabits {
  readonly lossRate: number;
  readonly duplicateRate: number;
  /** Longest delivery time; short ones are more frequent. */
  readonly maxDelayMs: number;
  /** Messages may overtake each other. */
  readonly isReordering: boolean;
}

const PUBLISH_TIMEOUT_MS = 300;

/** The pub/sub server and the network around it. */
export class SimulatedRedis {
  private readonly subscribers = new Set<SimulatedSubscriber>();
  private isDown = false;
  /** What the checker wants to see of everything that is published. */
  onPublished: (text: string, from: Lane) => void = () => undefined;

  constructor(
    private readonly agenda: Agenda,
    private readonly random: Random,
    private habits: RedisHabits,
    private readonly invalidationChannel: string,
  ) {}

  get isReachable(): boolean {
    return !this.isDown;
  }

  calmDown(): void {
    this.habits = { lossRate: 0, duplicateRate: 0, maxDelayMs: 10, isReordering: false };
  }

  attach(subscriber: SimulatedSubscriber): void {
    this.subscribers.add(subscriber);
  }

  detach(subscriber: SimulatedSubscriber): void {
    this.subscribers.delete(subscriber);
  }

  /** Loses every connection and all that was on its way. */
  goDown(): void {
    this.isDown = true;
    for (const subscriber of [...this.subscribers]) subscriber.drop();
  }

  comeBack(): void {
    this.isDown = false;
  }

  /** From a replica of another release. */
  inject(text: string): void {
    this.fanOut(this.invalidationChannel, text);
  }

  publish(from: Lane, isCut: () => boolean, channel: string, text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const reply = (ms: number, isSent: boolean): void => {
        this.agenda.after(ms, {
          kind: 'io',
          lane: from,
          label: isSent ? 'published' : 'could not publish',
          run: () => (isSent ? resolve() : reject(new Error('redis is away'))),
        });
      };
      if (channel === this.invalidationChannel) this.onPublished(text, from);
      this.agenda.after(this.random.between(1, 5), {
        kind: 'io',
        label: `redis gets ${channel} ${text}`,
        run: () => {
          const isArrived = !this.isDown && !isCut();
          if (isArrived) this.fanOut(channel, text);
          // The reply may be lost although the message went out.
          const isAnswered = isArrived && !this.random.chance(this.habits.lossRate / 2);
          reply(isAnswered ? this.random.between(1, 5) : PUBLISH_TIMEOUT_MS, isAnswered);
        },
      });
    });
  }

  private fanOut(channel: string, text: string): void {
    const { random, habits } = this;
    for (const subscriber of this.subscribers) {
      if (!subscriber.listensTo(channel)) continue;
      if (random.chance(habits.lossRate)) continue;
      const copies = random.chance(habits.duplicateRate) ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        subscriber.send(channel, text, random.skewed(1, habits.maxDelayMs), habits.isReordering);
      }
    }
  }
}
