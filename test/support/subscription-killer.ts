import { eventually, type RedisFixture } from '#libs/testing';

const KILL_EVERY_MS = 200;
const ENOUGH_KILLS = 5;

/** Cuts the subscriptions of all replicas, again and again. */
export class SubscriptionKiller {
  private kills = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly redis: RedisFixture) {}

  start(): void {
    const count = () => (this.kills += 1);
    const kill = () => this.redis.cli('CLIENT', 'KILL', 'TYPE', 'pubsub');
    // One that fails is not counted; `enough` waits for others.
    this.timer = setInterval(() => void kill().then(count, () => undefined), KILL_EVERY_MS);
  }

  async enough(): Promise<void> {
    await eventually('enough kills', () => this.kills >= ENOUGH_KILLS, { withinMs: 60_000 });
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
