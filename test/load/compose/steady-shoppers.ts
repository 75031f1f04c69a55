import { delay } from '#libs/kernel';

/** A shopper gives up after this long: longer than the load balancer needs to try another replica. */
const GIVE_UP_MS = 15_000;
const TICK_MS = 20;

/** Asks for pages in turn, so many a second whatever the answers take, and remembers each that was not answered as it should. */
export class SteadyShoppers {
  readonly failures: string[] = [];
  readonly tookMs: number[] = [];
  perSecond = 0;
  private readonly underWay = new Set<Promise<void>>();
  private isStopped = false;
  private readonly loop: Promise<void>;

  constructor(private readonly pages: readonly string[]) {
    this.loop = this.keepAsking();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.loop;
    await Promise.all(this.underWay);
  }

  private async keepAsking(): Promise<void> {
    let owed = 0;
    let lastMs = performance.now();
    while (!this.isStopped) {
      await delay(TICK_MS);
      const nowMs = performance.now();
      owed += ((nowMs - lastMs) / 1_000) * this.perSecond;
      lastMs = nowMs;
      for (; owed >= 1; owed -= 1) {
        const asked: Promise<void> = this.ask().finally(() => this.underWay.delete(asked));
        this.underWay.add(asked);
      }
    }
  }

  private async ask(): Promise<void> {
    const page = this.pages[this.tookMs.length % this.pages.length]!;
    const beganMs = performance.now();
    try {
      const response = await fetch(page, { signal: AbortSignal.timeout(GIVE_UP_MS) });
      await response.arrayBuffer();
      if (response.status !== 200) this.failures.push(`${response.status} ${page}`);
    } catch (error) {
      this.failures.push(`${String(error)} ${page}`);
    }
    this.tookMs.push(performance.now() - beganMs);
  }
}
