import { delay } from '#libs/kernel';
import { eventually, type RunningReplica } from '#libs/testing';

const LOOK_EVERY_MS = 100;

/** Looks at the connections of replicas to Redis, by their metrics, and remembers which were lost. */
export class LostConnections {
  private readonly seen = new Set<string>();
  private readonly looking: Promise<void>;
  private isOver = false;
  private lastLostAtMs = 0;

  constructor(private readonly replicas: readonly RunningReplica[]) {
    this.looking = this.look();
  }

  /** Forgets what was lost before. */
  begin(): void {
    this.seen.clear();
    this.lastLostAtMs = performance.now();
  }

  /** Purposes of connections that a replica had lost since `begin`. */
  get lost(): readonly string[] {
    return [...this.seen].toSorted();
  }

  /** Resolves when none has been lost for a second, with when that second began, by `performance.now()`. */
  async allConnected(): Promise<number> {
    await eventually(
      'every connection is there again',
      () => performance.now() - this.lastLostAtMs > 1_000,
      { withinMs: 60_000, everyMs: LOOK_EVERY_MS },
    );
    return this.lastLostAtMs;
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.looking;
  }

  private async look(): Promise<void> {
    while (!this.isOver) {
      const lost = (await Promise.all(this.replicas.map(lostBy))).flat();
      for (const purpose of lost) this.seen.add(purpose);
      if (lost.length > 0) this.lastLostAtMs = performance.now();
      await delay(LOOK_EVERY_MS);
    }
  }
}

async function lostBy({ url }: RunningReplica): Promise<readonly string[]> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.matchAll(/^lockstep_redis_connected\{[^}]*purpose="([^"]+)"[^}]*\} 0$/gm);
  return [...lines].map(([, purpose = '']) => purpose);
}
