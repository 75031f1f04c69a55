import { expect, it } from '@jest/globals';
import { indexed } from '../../../test/indexed-products.js';
import { collationKey } from '../text/collation-key.js';
import { SegmentRows } from './segment-rows.js';

it('sorts a name that is the same in several languages as each of them does', () => {
  const rows = new SegmentRows();
  const locales = ['en', 'de', 'sv', 'da', 'en-GB'];
  for (const [number, name] of ['Öl', 'Ärmel', 'Zange'].entries()) {
    rows.add(indexed(number, { names: Object.fromEntries(locales.map((each) => [each, name])) }));
  }
  const { sortNames } = rows.finish();
  const wanted = (locale: string) =>
    ['Öl', 'Ärmel', 'Zange'].map((name) => collationKey(name, locale));
  expect([...sortNames]).toEqual(locales.map((locale) => [locale, wanted(locale)]));
  expect(wanted('sv')).not.toEqual(wanted('en'));
});
