// The entry of a thread: it counts the steps of what takes long, and says how long the longest of each is.
import { parentPort } from 'node:worker_threads';
import { packSegment } from '../src/model/file/packed-segment.js';
import { putTogether } from '../src/model/file/segment-parts.js';
import type { IndexedProduct } from '../src/model/index/indexed-product.js';
import { mergeSegments } from '../src/model/index/merge-segments.js';
import { SegmentBuilder } from '../src/model/index/segment-builder.js';
import type { Segment } from '../src/model/index/segment.js';
import { StoreIndex } from '../src/model/index/store-index.js';
import { languageOf } from '../src/model/text/language.js';
import { longestStep } from './longest-step.js';
import { finish, indexed } from './indexed-products.js';

/** What the thread posts. */
export interface CountedWorks {
  readonly products: number;
  /** In executed blocks, by what is done. */
  readonly longest: Readonly<Record<string, number>>;
  /** What is left of an index of as many, of which a third has gone. */
  readonly left: number;
}

const PRODUCTS = 30_000;

const languages = ['en'].flatMap((code) => languageOf(code) ?? []);

const shrunk = new StoreIndex(languages, [wholly(segment(0, PRODUCTS))]);

const works: Readonly<Record<string, () => Generator<undefined, unknown>>> = {
  'a segment is made': () => builder(0, PRODUCTS).finish(),
  'segments are merged': () => {
    const half = PRODUCTS / 2;
    return mergeSegments([wholly(segment(0, half)), wholly(segment(half, PRODUCTS))], languages);
  },
  'a segment goes to a thread': () => packSegment(wholly(segment(0, PRODUCTS))),
  'a segment comes back': () => {
    const { head, buffer } = finish(packSegment(wholly(segment(0, PRODUCTS))));
    return putTogether(head, buffer);
  },
  'many products go': () => {
    const ids = Array.from({ length: PRODUCTS / 3 }, (_, number) => product(number).id);
    return shrunk.change(ids, []);
  },
};

parentPort?.postMessage({
  products: PRODUCTS,
  longest: Object.fromEntries(
    Object.entries(works).map(([name, work]) => [name, longestStep(work())]),
  ),
  left: shrunk.size,
} satisfies CountedWorks);

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

function wholly(own: Segment) {
  return { segment: own, alive: new Uint8Array(own.ids.length).fill(1) };
}
