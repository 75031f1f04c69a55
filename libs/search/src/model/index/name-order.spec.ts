import { expect, it } from '@jest/globals';
import {
  finish,
  idAt,
  indexed,
  pageOf,
  selectionOf,
  storeIndexOf,
} from '../../../test/indexed-products.js';
import { compacted } from '../../../test/merged.js';

const NAMES = ['"Öl" 10', 'Ölkanna', 'Zebra', 'Lampa 10', '– Lampa 9', 'Ål', 'Ära', 'apelsin'];

it('lists names in the order of the language, before and after segments are merged', () => {
  const [first, ...more] = NAMES.map((name, number) =>
    indexed(number, { names: { en: name, sv: name } }),
  );
  const index = storeIndexOf(first === undefined ? [] : [first]);
  for (const product of more) finish(index.change([], [product]));
  const names = (locale: string): (string | undefined)[] =>
    index
      .page(selectionOf(), { ...pageOf(), locale })
      .ids.map((id) => NAMES.find((_, number) => idAt(number) === id));
  const look = (): void => {
    expect(names('sv')).toEqual([
      'apelsin',
      '– Lampa 9',
      'Lampa 10',
      'Zebra',
      'Ål',
      'Ära',
      '"Öl" 10',
      'Ölkanna',
    ]);
    expect(names('en').slice(0, 3)).toEqual(['Ål', 'apelsin', 'Ära']);
  };
  look();
  finish(compacted(index));
  look();
});
