import { expect, it } from '@jest/globals';
import { finish, storeIndexOf } from '../../../test/indexed-products.js';
import { compacted } from '../../../test/merged.js';
import { sampleProducts } from '../../../test/sample-products.js';
import { languageOf } from '../text/language.js';
import { stemGroups } from './stem-groups.js';

it('merges groups to what stemming the merged terms makes, without the words of products that are gone', () => {
  const products = sampleProducts();
  const index = storeIndexOf(products.slice(0, 10));
  finish(index.change([], products.slice(10, 20)));
  finish(index.change([], products.slice(20)));
  const gone = products.filter((_, number) => number % 3 === 0).map(({ id }) => id);
  finish(index.change(gone, []));
  const before = index.frozen().reduce((sum, { segment }) => sum + segment.terms.length, 0);

  finish(compacted(index));

  const [merged] = index.frozen();
  if (merged === undefined) throw new Error('nothing is left');
  const { terms, stems } = merged.segment;
  expect(terms.length).toBeLessThan(before);
  for (const code of ['en', 'de']) {
    const language = languageOf(code);
    if (language === undefined) throw new Error(`${code} is not known`);
    expect(stems.get(code)).toEqual(finish(stemGroups(terms, language)));
    expect(stems.get(code)?.stems.length).toBeGreaterThan(20);
  }
});
