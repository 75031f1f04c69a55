import { describe, expect, it } from '@jest/globals';
import { named } from '../../../test/indexed-products.js';
import { IndexBuilder } from './index-builder.js';
import { StoreIndex, type Stepwise } from './store-index.js';

function done<Result>(work: Stepwise<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

describe('making an index of pages', () => {
  const page = (from: number) =>
    Array.from({ length: 10 }, (_, index) => named(from + index, `pad ${from + index}`));

  it('tells what has been made of it takes, segment by segment', () => {
    const builder = new IndexBuilder([], 20);
    const bytes = [0, 10, 20, 30].map((from) => {
      done(builder.add(page(from)));
      return builder.bytes;
    });
    expect(bytes[0]).toBe(0);
    expect(bytes[1]).toBeGreaterThan(0);
    expect(bytes[2]).toBe(bytes[1]);
    expect(bytes[3]).toBeGreaterThan(bytes[2] ?? 0);
    const index = new StoreIndex([], done(builder.finish()));
    expect([index.size, index.segmentCount]).toEqual([40, 1]);
    expect(builder.bytes).toBe(index.bytes);
  });
});
