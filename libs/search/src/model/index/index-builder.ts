import type { Language } from '../text/language.js';
import type { IndexedProduct } from './indexed-product.js';
import type { FrozenSegment } from './live-segment.js';
import { mergeSegments } from './merge-segments.js';
import { SegmentBuilder } from './segment-builder.js';
import { StoreIndex, type Stepwise } from './store-index.js';

/** Products that are made a segment together; what a larger store has several of is merged at the end. */
const SEGMENT_SIZE = 100_000;

/** Makes the index of a store of products that are given in pages, each id once. */
export class IndexBuilder {
  private readonly index: StoreIndex;
  private segment: SegmentBuilder;

  constructor(
    private readonly languages: readonly Language[],
    private readonly segmentSize = SEGMENT_SIZE,
  ) {
    this.index = new StoreIndex(languages);
    this.segment = new SegmentBuilder(languages);
  }

  /** What the segments take that have been made. */
  get bytes(): number {
    return this.index.bytes;
  }

  *add(products: Iterable<IndexedProduct>): Stepwise<void> {
    for (const product of products) {
      this.segment.add(product);
      yield;
    }
    if (this.segment.size >= this.segmentSize) yield* this.close();
  }

  /** What it consists of. Nothing may be added any more. */
  *finish(): Stepwise<FrozenSegment[]> {
    yield* this.close();
    const merge = this.index.wholeMerge();
    if (merge !== undefined) {
      this.index.finishMerge(merge, yield* mergeSegments(merge.sources, merge.languages));
    }
    return this.index.frozen();
  }

  private *close(): Stepwise<void> {
    const { segment } = this;
    this.segment = new SegmentBuilder(this.languages);
    yield* this.index.changeTo([], segment);
  }
}
