import { flattened } from '../../model/index/flat-products.js';
import type { IndexedProduct } from '../../model/index/indexed-product.js';
import type { FrozenSegment } from '../../model/index/live-segment.js';
import type { Language } from '../../model/text/language.js';
import type { BuildReply, BuildRequest, BuildThreadData } from './build-protocol.js';
import type { IndexBuilding } from './index-building.js';
import { takenOver } from './taken-over.js';
import { WatchedThread, type WatchedThreadOptions } from './watched-thread.js';

/**
 * Makes an index on a thread of its own, while this one reads the products: what that costs is not the event loop's.
 * At most two pages are there at a time. Calls reject as those of {@link WatchedThread}.
 */
export class BuildingInThread implements IndexBuilding {
  bytes = 0;
  private readonly thread: WatchedThread<BuildRequest, BuildReply>;
  /** What the thread is at; what comes next waits for it. */
  private taken: Promise<unknown> = Promise.resolve();

  constructor(
    entry: URL,
    languages: readonly Language[],
    private readonly options: WatchedThreadOptions,
  ) {
    const data: BuildThreadData = { languages: languages.map(({ code }) => code) };
    this.thread = new WatchedThread(entry, data, options);
  }

  async add(products: readonly IndexedProduct[]): Promise<void> {
    const values = flattened(products);
    await this.taken;
    this.taken = this.take(values);
    this.taken.catch(() => undefined); // Heard of when it is awaited.
  }

  async finish(): Promise<readonly FrozenSegment[]> {
    await this.taken;
    return takenOver(await this.thread.ask('finish'), this.options.timing);
  }

  end(): void {
    void this.thread.end();
  }

  private async take(values: Exclude<BuildRequest, string>): Promise<void> {
    const reply = await this.thread.ask(values, [values.numbers.buffer]);
    if (typeof reply === 'number') this.bytes = reply;
  }
}
