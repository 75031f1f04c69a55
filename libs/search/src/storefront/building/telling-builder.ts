import type { MessagePort } from 'node:worker_threads';
import { packSegment } from '../../model/file/packed-segment.js';
import { IndexBuilder } from '../../model/index/index-builder.js';
import type { IndexedProduct } from '../../model/index/indexed-product.js';
import type { Stepwise } from '../../model/index/store-index.js';
import { languageOf } from '../../model/text/language.js';
import type { BuildReply } from './build-protocol.js';
import { WORKING, type Working } from './working.js';

const TELL_EVERY_MS = 1_000;

/** Makes an index in a thread, at once, and tells those who wait for it; meanwhile, that it is at work. */
export class TellingBuilder {
  private readonly builder: IndexBuilder;
  private toldAtMs = 0;

  constructor(
    private readonly port: MessagePort,
    languageCodes: readonly string[],
  ) {
    this.builder = new IndexBuilder(languageCodes.flatMap((code) => languageOf(code) ?? []));
    this.tell(WORKING);
  }

  add(products: Iterable<IndexedProduct>): void {
    this.done(this.builder.add(products));
  }

  tellBytes(): void {
    this.tell(this.builder.bytes);
  }

  finish(): void {
    const made = this.done(this.builder.finish());
    const packed = made.map((segment) => this.done(packSegment(segment)));
    this.tell(
      packed,
      packed.map(({ buffer }) => buffer),
    );
  }

  private done<Result>(work: Stepwise<Result>): Result {
    for (;;) {
      const step = work.next();
      if (step.done === true) return step.value;
      if (performance.now() - this.toldAtMs >= TELL_EVERY_MS) this.tell(WORKING);
    }
  }

  private tell(message: BuildReply | Working, transferred: readonly ArrayBuffer[] = []): void {
    this.port.postMessage(message, transferred);
    this.toldAtMs = performance.now();
  }
}
