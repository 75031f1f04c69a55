import { describe, expect, it } from '@jest/globals';
import { languageOf } from '../../model/text/language.js';
import { LabelIndexes } from './label-indexes.js';

const english = languageOf('en');

describe('LabelIndexes', () => {
  it('look at names once for each source, and index them anew when they are others', async () => {
    const indexes = new LabelIndexes();
    let looks = 0;
    const indexOf = (names: readonly string[], group = 'brands') => {
      const labelsOf = () => {
        looks += 1;
        return names.map((name) => ({ key: name, name }));
      };
      return indexes.of(group, names, labelsOf, english);
    };
    const names = ['Acme', 'Lumen'];
    const index = await indexOf(names);
    expect(await indexOf(names)).toBe(index);
    expect(looks).toBe(1);
    // Counted anew and in another order, but the same names.
    expect(await indexOf(names.toReversed())).toBe(index);
    expect(await indexOf(['Acme', 'Other'])).not.toBe(index);
    expect(await indexOf(names, 'others')).not.toBe(index);
  });
});
