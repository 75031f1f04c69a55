import { describe, expect, it } from '@jest/globals';
import type { FacetSetting } from '../../model/facets/facet-settings.js';
import { FacetOrder } from './facet-order.js';

const ordered = (setting: FacetSetting, values: readonly string[], locale = 'en'): string[] =>
  new FacetOrder({ attributes: [setting] }, locale)
    .sorted(
      setting.code,
      values.map((value) => ({ value, count: 1 })),
    )
    .map(({ value }) => value);

describe('the order of facets', () => {
  it('has the attributes that staff name first, in their order, and the others by code', () => {
    const order = new FacetOrder(
      {
        attributes: [
          { code: 'size', show: 'by-count' },
          { code: 'colour', show: 'by-value' },
          { code: 'secret', show: 'never' },
        ],
      },
      'en',
    );
    const codes = ['width', 'colour', 'brew', 'size', 'brew'];
    expect(codes.toSorted((one, other) => order.compareCodes(one, other))).toEqual([
      'size',
      'colour',
      'brew',
      'brew',
      'width',
    ]);
    expect(['secret', 'size', 'width'].map((code) => order.isShown(code))).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('leaves values as they come, unless it is said otherwise', () => {
    expect(ordered({ code: 'size', show: 'by-count' }, ['M', 'S', 'L'])).toEqual(['M', 'S', 'L']);
    const other = new FacetOrder({ attributes: [{ code: 'fit', show: 'by-value' }] }, 'en');
    const values = [{ value: 'M', count: 1 }];
    expect(other.sorted('size', values)).toBe(values);
  });

  it('has values as they are listed, and the others behind as they come', () => {
    const setting = { code: 'size', show: 'as-listed', values: ['XS', 'S', 'M', 'L'] } as const;
    expect(ordered(setting, ['one size', 'M', 'L', 'S', 'kids'])).toEqual([
      'S',
      'M',
      'L',
      'one size',
      'kids',
    ]);
  });

  it('has numbers by unit and amount, and texts behind them', () => {
    const setting = { code: 'width', show: 'by-value' } as const;
    expect(
      ordered(setting, ['other', '10 mm', '1.5 mm', '-2 °C', '1,25 mm', '9 mm', '1 °C']),
    ).toEqual(['1,25 mm', '1.5 mm', '9 mm', '10 mm', '-2 °C', '1 °C', 'other']);
    expect(ordered(setting, ['M10', 'M8', '512 GB', '1 TB', '64 GB'])).toEqual([
      '64 GB',
      '512 GB',
      '1 TB',
      'M8',
      'M10',
    ]);
  });

  it('has texts in the order of the language', () => {
    const setting = { code: 'colour', show: 'by-value' } as const;
    const values = ['ärgerlich', 'Zimt', 'azur'];
    expect(ordered(setting, values, 'de-AT')).toEqual(['ärgerlich', 'azur', 'Zimt']);
    expect(ordered(setting, values, 'sv')).toEqual(['azur', 'Zimt', 'ärgerlich']);
  });

  it('leaves what is equal as it comes', () => {
    const setting = { code: 'colour', show: 'by-value' } as const;
    const values = ['rot', 'ROT', 'Rot', '1 mm', '1  mm'];
    expect(ordered(setting, values)).toEqual(['1 mm', '1  mm', 'rot', 'ROT', 'Rot']);
  });
});
