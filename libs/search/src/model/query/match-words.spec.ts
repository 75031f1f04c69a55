import { describe, expect, it } from '@jest/globals';
import {
  finish,
  idAt,
  named,
  pageOf,
  selectionOf,
  storeIndexOf,
} from '../../../test/indexed-products.js';
import { LiveSegment } from '../index/live-segment.js';
import { SegmentBuilder } from '../index/segment-builder.js';
import { matchWords } from './match-words.js';
import { resolveWords } from './resolve-words.js';

const NAMES = ['Brake shirts', 'Brake pads', 'Chain', 'Chain brake'];
const products = NAMES.map((name, number) => named(number, name));

describe('matchWords', () => {
  it('lays out the same words once, for the page and for its facets', () => {
    const live = segmentOf(products);
    expect(match(live, 'brake')).toBe(3);
    const laidOut = live.matched;
    expect(match(live, 'brake')).toBe(3);
    expect(live.matched).toBe(laidOut);
    expect(match(live, 'chain')).toBe(2);
    expect(live.matched).not.toBe(laidOut);
  });

  it('leaves nothing of the words before to those that come after', () => {
    const index = storeIndexOf(products);
    const queries = [
      'brake',
      'chain',
      'chain brake',
      'shirt',
      'shirts',
      'chains',
      'brakr',
      'brake',
    ];
    for (const q of queries) {
      const selection = selectionOf({ q });
      const page = pageOf({ sort: 'relevance' });
      const fresh = storeIndexOf(products);
      expect(index.placed(selection, page)).toStrictEqual(fresh.placed(selection, page));
      expect(index.facets(selection)).toStrictEqual(storeIndexOf(products).facets(selection));
      expect(index.total(selection)).toBe(storeIndexOf(products).total(selection));
    }
  });

  it('finds words side by side whichever of many spellings answers, and however products are in segments', () => {
    const spelled = 'brake breke brike broke brske brtke bruke bryke'.split(' ');
    const pads = spelled.map((word, number) => named(number, `${word} pad`));
    const together = storeIndexOf([...pads, named(99, 'pad for a bryke')]);
    const apart = storeIndexOf([named(99, 'pad for a bryke')]);
    for (const pad of pads) finish(apart.change([pad.id], [pad]));
    const selection = selectionOf({ q: 'brqke pad' });
    const page = pageOf({ sort: 'relevance' });
    const newestFirst = [...pads.map(({ id }) => id).toReversed(), idAt(99)];
    expect(apart.segmentCount).toBe(9);
    for (const index of [together, apart]) {
      expect(index.page(selection, page).ids).toEqual(newestFirst);
    }
  });

  it('looks the products of a rare word up among those of a frequent one, in whatever runs they come', () => {
    const shop = Array.from({ length: 900 }, (_, number) => {
      const rare = number % 30 === 0 ? ` rare${'zyx'[(number / 30) % 3]}` : '';
      return named(number, `common${rare}${number % 7 === 0 ? ' commons' : ''}`);
    });
    const index = storeIndexOf(shop);
    // What a product scores has nothing to do with the others, so the few alone are found by going through them.
    const few = storeIndexOf(shop.filter((_, number) => number % 30 === 0));
    for (const q of ['common rare', 'rare common', 'rarex commons', 'commons rare common']) {
      const selection = selectionOf({ q });
      expect(index.total(selection)).toBeGreaterThan(3);
      const all = few.placed(selection, pageOf({ sort: 'relevance' }));
      for (const limit of [3, 100]) {
        const page = pageOf({ sort: 'relevance', limit });
        expect(index.placed(selection, page)).toStrictEqual(all.slice(0, limit));
      }
      expect(index.facets(selection)).toStrictEqual(few.facets(selection));
    }
  });

  it('shows what holds by now under words that were laid out before', () => {
    const index = storeIndexOf(products);
    const selection = selectionOf({ q: 'brake' });
    expect(index.total(selection)).toBe(3);
    finish(index.change([idAt(0)], []));
    expect(index.total(selection)).toBe(2);
    expect(index.page(selection, pageOf({ sort: 'relevance' })).ids).not.toContain(idAt(0));
    finish(index.change([idAt(2)], [named(2, 'Brake chain')]));
    expect(index.facets(selection).total).toBe(3);
  });
});

function segmentOf(all: typeof products): LiveSegment {
  const builder = new SegmentBuilder([]);
  for (const product of all) builder.add(product);
  return new LiveSegment(finish(builder.finish()));
}

function match(live: LiveSegment, q: string): number {
  return matchWords(live, resolveWords([live], selectionOf({ q }), false)?.[0] ?? []);
}
