import { IndexBuilder } from '../../model/index/index-builder.js';
import type { IndexedProduct } from '../../model/index/indexed-product.js';
import type { FrozenSegment } from '../../model/index/live-segment.js';
import type { Language } from '../../model/text/language.js';
import type { IndexTiming } from '../following/index-timing.js';
import { runStepwise } from '../following/run-stepwise.js';

/** The index of a store in the making. */
export interface IndexBuilding {
  /** What has been made of it takes, without the last products, a hundred thousand at most. */
  readonly bytes: number;
  /** Takes in a page, each id once; resolves when the next one may come. */
  add(products: readonly IndexedProduct[]): Promise<void>;
  /** What it consists of. Nothing may be added any more. */
  finish(): Promise<readonly FrozenSegment[]>;
  /** For when it is finished, and when it is given up. */
  end(): void;
}

/** Begins one of products in these languages; what is under way rejects with the reason of the signal. */
export type BeginBuilding = (languages: readonly Language[], signal: AbortSignal) => IndexBuilding;

/** Between requests, a few milliseconds at a time: for few products. */
export function buildingInSteps(timing: IndexTiming): BeginBuilding {
  return (languages) => {
    const builder = new IndexBuilder(languages);
    return {
      get bytes() {
        return builder.bytes;
      },
      add: (products) => runStepwise(builder.add(products), timing),
      finish: () => runStepwise(builder.finish(), timing),
      end: () => undefined,
    };
  };
}
