import { beforeAll, describe, expect, it } from '@jest/globals';
import { inThreadOfItsOwn } from '../../../test/in-thread-of-its-own.js';
import type { CountedWorks } from '../../../test/stepwise-works.js';

/** A look at each of the products runs three blocks for each at least: a step that goes through all of them is longer than this. */
const LONGEST_PER_PRODUCT = 2.5;

describe('every step of what takes long', () => {
  let counted: CountedWorks;

  beforeAll(async () => {
    const entry = new URL('../../../test/stepwise-works.ts', import.meta.url);
    counted = (await inThreadOfItsOwn(entry)) as CountedWorks;
  });

  it.each([
    'a segment is made',
    'segments are merged',
    'a segment goes to a thread',
    'a segment comes back',
    'many products go',
  ])('is short when %s', (work) => {
    const { products, longest } = counted;
    expect(longest[work]).toBeGreaterThan(0);
    expect(longest[work]).toBeLessThan(LONGEST_PER_PRODUCT * products);
  });

  it('has done what it is for: a third of the products is gone', () => {
    expect(counted.left).toBe((counted.products * 2) / 3);
  });
});
