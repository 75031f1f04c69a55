import { describe, expect, it } from '@jest/globals';
import { countedSteps } from '../../../test/counted-steps.js';
import { finish, indexed } from '../../../test/indexed-products.js';
import { packSegment } from '../file/packed-segment.js';
import { putTogether } from '../file/segment-parts.js';
import { languageOf } from '../text/language.js';
import type { IndexedProduct } from './indexed-product.js';
import { mergeSegments } from './merge-segments.js';
import { SegmentBuilder } from './segment-builder.js';
import type { Segment } from './segment.js';
import { StoreIndex } from './store-index.js';

const PRODUCTS = 30_000;
/** A look at each of the products runs three blocks for each at least: a step that goes through all of them is longer than this. */
const LONGEST = 2.5 * PRODUCTS;

const languages = ['en'].flatMap((code) => languageOf(code) ?? []);

/** In order of everything, so that sorting them hides nothing. */
function product(number: number): IndexedProduct {
  const word = number.toString(36).padStart(3, '0');
  return indexed(number, {
    names: { en: word },
    texts: [
      { field: 'name', text: word },
      { field: 'description', text: 'sold everywhere' },
    ],
    brand: `Brand ${number % 300}`,
    categoryId: `Category ${number % 50}`,
    attributes: [{ code: 'serial', value: word }],
    prices: { EUR: [number, number + 1, number + 2] },
  });
}

function builder(from: number, before: number): SegmentBuilder {
  const made = new SegmentBuilder(languages);
  for (let number = from; number < before; number += 1) made.add(product(number));
  return made;
}

function segment(from: number, before: number): Segment {
  return finish(builder(from, before).finish());
}

const wholly = (own: Segment) => ({ segment: own, alive: new Uint8Array(own.ids.length).fill(1) });

describe('every step of what takes long', () => {
  it('is short when a segment is made', () => {
    expect(Math.max(...countedSteps(builder(0, PRODUCTS).finish()))).toBeLessThan(LONGEST);
  });

  it('is short when segments are merged', () => {
    const half = PRODUCTS / 2;
    const sources = [wholly(segment(0, half)), wholly(segment(half, PRODUCTS))];
    const steps = countedSteps(mergeSegments(sources, languages));
    expect(Math.max(...steps)).toBeLessThan(LONGEST);
  });

  it('is short when a segment goes to a thread and comes back', () => {
    const packing = packSegment(wholly(segment(0, PRODUCTS)));
    const { head, buffer } = finish(packSegment(wholly(segment(0, PRODUCTS))));
    expect(Math.max(...countedSteps(packing))).toBeLessThan(LONGEST);
    expect(Math.max(...countedSteps(putTogether(head, buffer)))).toBeLessThan(LONGEST);
  });

  it('is short when many products go', () => {
    const index = new StoreIndex(languages, [wholly(segment(0, PRODUCTS))]);
    const ids = Array.from({ length: 10_000 }, (_, number) => product(number).id);
    expect(Math.max(...countedSteps(index.change(ids, [])))).toBeLessThan(LONGEST);
    expect(index.size).toBe(PRODUCTS - 10_000);
  });
});
