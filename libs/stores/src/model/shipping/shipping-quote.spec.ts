import { describe, expect, it } from '@jest/globals';
import { productLimits } from '#libs/kernel';
import fc from 'fast-check';
import { shippingMethodBreaches } from './shipping-method-breaches.js';
import { quoteShipping, type Parcel } from './shipping-quote.js';
import {
  shippingLimits,
  type RateArea,
  type RateRow,
  type RateTable,
  type ShippingMethod,
} from './shipping-method.js';

const flat: ShippingMethod = {
  code: 'post',
  name: 'Post',
  countries: [],
  pricesMinor: { EUR: 490 },
  freeFromMinor: {},
};

const part = (from: string, to = from, country = 'DE'): RateArea => ({
  country,
  postalCodes: { from, to },
});
const whole = (country: string): RateArea => ({ country, postalCodes: null });
const zone = (areas: readonly RateArea[], ...rows: [number | null, number][]) => ({
  name: 'zone',
  areas,
  rows: { EUR: rows.map(([upTo, priceMinor]) => ({ upTo, priceMinor })) },
});
const table = (by: RateTable['by'], ...zones: RateTable['zones']): ShippingMethod => ({
  ...flat,
  pricesMinor: {},
  rates: { by, zones },
});

const parcel: Parcel = {
  currency: 'EUR',
  goodsMinor: 2_000,
  pieces: 3,
  weightGrams: 1_500,
  place: { country: 'DE', postalCode: '10115' },
};

const priceOf = (method: ShippingMethod, changes: Partial<Parcel> = {}) => {
  const quote = quoteShipping(method, { ...parcel, ...changes });
  return quote.isOffered ? quote.priceMinor : quote.reason;
};
const to = (country: string, postalCode = '1') => ({ place: { country, postalCode } });

describe('quoteShipping', () => {
  it('asks the flat price of the currency, and nothing from a total on', () => {
    expect(priceOf(flat)).toBe(490);
    expect(priceOf(flat, { place: null })).toBe(490);
    expect(priceOf(flat, { currency: 'USD' })).toBe('currency-not-served');
    expect(priceOf({ ...flat, countries: ['AT'] })).toBe('country-not-served');
    const free = { ...flat, freeFromMinor: { EUR: 2_000 } };
    expect(priceOf(free)).toBe(0);
    expect(priceOf(free, { goodsMinor: 1_999 })).toBe(490);
  });

  it('reads the row that holds the weight, the total or the number of pieces', () => {
    const rows: [number | null, number][] = [
      [3, 100],
      [1_500, 200],
      [2_000, 300],
      [2_001, 400],
    ];
    expect(priceOf(table('quantity', zone([], ...rows)))).toBe(100);
    expect(priceOf(table('weight', zone([], ...rows)))).toBe(200);
    expect(priceOf(table('total', zone([], ...rows)))).toBe(300);
    const byWeight = table('weight', zone([], ...rows));
    expect(priceOf(byWeight, { weightGrams: 1_501 })).toBe(300);
    expect(priceOf(byWeight, { weightGrams: 2_002 })).toBe('too-much');
    expect(priceOf(byWeight, { weightGrams: null })).toBe('weight-unknown');
    expect(priceOf(table('weight', zone([], [null, 7])), { weightGrams: 1e9 })).toBe(7);
    expect(priceOf(byWeight, { currency: 'USD' })).toBe('currency-not-served');
    const free = { ...byWeight, freeFromMinor: { EUR: 1 } };
    expect(priceOf(free)).toBe(0);
    expect(priceOf(free, { weightGrams: 2_002 })).toBe('too-much');
  });

  it('goes by the postal code before the country, and by the country before the rest', () => {
    const method = table(
      'weight',
      zone([], [null, 4]),
      zone([whole('DE'), part('BT', 'BT', 'GB')], [null, 3]),
      zone([part('10', '14')], [null, 2]),
    );
    expect(shippingMethodBreaches(method)).toEqual([]);
    expect(priceOf(method)).toBe(2);
    expect(priceOf(method, to('DE', '1-4 999'))).toBe(2);
    expect(priceOf(method, to('DE', '15000'))).toBe(3);
    expect(priceOf(method, to('GB', 'bt1 5gs'))).toBe(3);
    expect(priceOf(method, to('GB', 'B'))).toBe(4);
    expect(priceOf(method, to('FR'))).toBe(4);
    expect(priceOf(method, { place: null })).toBe('address-missing');
    expect(priceOf(table('weight', zone([], [null, 4])), { place: null })).toBe(4);
    const parts = table('weight', zone([part('10')], [null, 1]));
    expect(priceOf(parts, to('DE', '20000'))).toBe('postal-code-not-served');
    expect(priceOf(parts, to('AT', '10000'))).toBe('country-not-served');
    expect(priceOf(parts, to('DE', '1'))).toBe('postal-code-not-served');
    const mixed = table(
      'weight',
      zone([part('10'), whole('AT')], [null, 1]),
      zone([part('2', '2', 'CH')], [null, 1]),
    );
    expect(priceOf(mixed, to('DE', '20000'))).toBe('postal-code-not-served');
    expect(priceOf(table('weight', zone([whole('DE')], [null, 4])), { place: null })).toBe(
      'address-missing',
    );
  });

  it('lets an order be fetched from anywhere, for nothing where no price is stated', () => {
    const address = {
      name: 'Shop',
      company: null,
      street: 'Street 1',
      street2: null,
      postalCode: '10115',
      city: 'Berlin',
      region: null,
      country: 'DE',
      phone: null,
    };
    const pickUp: ShippingMethod = { ...flat, pickUp: { location: 'main', address } };
    expect(priceOf(pickUp, { place: null })).toBe(490);
    expect(priceOf(pickUp, { currency: 'USD', ...to('NZ') })).toBe(0);
    expect(shippingMethodBreaches(pickUp)).toEqual([]);
    expect(shippingMethodBreaches({ ...pickUp, countries: ['DE'] })).toHaveLength(1);
  });
});

describe('shippingMethodBreaches', () => {
  const paths = (method: ShippingMethod) => shippingMethodBreaches(method).map(({ path }) => path);

  it('refuses rows that do not rise, and amounts that are none', () => {
    const rows = (...each: [number | null, number][]) => paths(table('weight', zone([], ...each)));
    const at = 'rates.zones.0.rows.EUR';
    expect(rows([0, 1], [1, 1], [null, 0])).toEqual([]);
    expect(rows([5, 1], [5, 2])).toEqual([`${at}.1.upTo`]);
    expect(rows([5, 1], [4, 2])).toEqual([`${at}.1.upTo`]);
    expect(rows([null, 1], [4, 2])).toEqual([`${at}.0.upTo`]);
    expect(rows([5, -1], [6, 0.5])).toEqual([`${at}.0.priceMinor`, `${at}.1.priceMinor`]);
    expect(rows()).toEqual([at]);
    expect(paths({ ...flat, pricesMinor: { EURO: 1 } })).toEqual(['pricesMinor']);
    expect(paths({ ...flat, pricesMinor: { EUR: 1e13 } })).toEqual(['pricesMinor']);
    expect(paths({ ...table('weight', zone([], [null, 1])), pricesMinor: { EUR: 1 } })).toEqual([
      'pricesMinor',
    ]);
  });

  it('refuses codes and countries of another form, and tables without places or rows', () => {
    for (const code of ['Post', 'post-', '-post', 'po st', 'a--b', '']) {
      expect(paths({ ...flat, code })).toEqual(['code']);
    }
    expect(paths({ ...flat, code: 'post-2-go' })).toEqual([]);
    for (const country of ['D', 'DEU', 'xDE', 'de']) {
      expect(paths({ ...flat, countries: [country] })).toEqual(['countries']);
      expect(paths(table('weight', zone([whole(country)], [null, 1])))).toEqual([
        'rates.zones.0.areas.0.country',
      ]);
    }
    expect(paths(table('weight'))).toEqual(['rates.zones']);
    expect(paths(table('weight', { name: 'z', areas: [], rows: {} }))).toEqual([
      'rates.zones.0.rows',
    ]);
    const rows = { EURO: [{ upTo: null, priceMinor: 1 }] };
    expect(paths(table('weight', { name: 'z', areas: [], rows }))).toEqual([
      'rates.zones.0.rows.EURO',
    ]);
    expect(paths({ ...flat, pricesMinor: { JPY: 500 }, freeFromMinor: { EURO: 1 } })).toEqual([
      'freeFromMinor',
    ]);
  });

  it('refuses more than the limits say', () => {
    const { areas: most, rows: mostRows } = shippingLimits;
    const manyAreas = (count: number) =>
      paths(
        table(
          'weight',
          zone(
            Array.from({ length: count }, (_, at) => part(`${1_000 + at}`)),
            [null, 1],
          ),
        ),
      );
    expect(manyAreas(most)).toEqual([]);
    expect(manyAreas(most + 1)).toEqual(['rates.zones']);
    const manyRows = (count: number) =>
      paths(
        table(
          'weight',
          zone([], ...Array.from({ length: count }, (_, at): [number, number] => [at, at])),
        ),
      );
    expect(manyRows(mostRows)).toEqual([]);
    expect(manyRows(mostRows + 1)).toEqual(['rates.zones.0.rows.EUR']);
    expect(paths({ ...flat, pricesMinor: { EUR: productLimits.amountMinor } })).toEqual([]);
  });

  it('refuses a place in two areas', () => {
    const zones = (...areas: RateArea[][]) =>
      paths(table('weight', ...areas.map((each) => zone(each, [null, 1]))));
    expect(zones([part('10', '12')], [part('13')], [whole('DE')], [])).toEqual([]);
    for (const overlapping of [
      [[part('10', '12')], [part('12', '13')]],
      [[part('10', '12')], [part('115')]],
      [[part('1', '3'), part('25000')]],
      [[whole('DE')], [whole('AT'), whole('DE')]],
      [[], []],
    ]) {
      expect(zones(...overlapping)).toEqual(['rates.zones']);
    }
    expect(zones([part('12', '10')])).toEqual(['rates.zones.0.areas.0.postalCodes']);
    expect(zones([part('10', '1X!')])).toEqual(['rates.zones.0.areas.0.postalCodes']);
    expect(zones([part('1', '10')])).toEqual(['rates.zones.0.areas.0.postalCodes']);
    expect(zones([part('b1')])).toEqual(['rates.zones.0.areas.0.postalCodes']);
  });

  it('takes an address to follow a parcel at only with the number behind the host', () => {
    const follows = (trackingUrl: string) =>
      paths({ ...flat, carrier: { name: 'C', trackingUrl } });
    expect(follows('https://carrier.example/?p={number}')).toEqual([]);
    expect(follows('http://carrier.example/{number}')).toEqual([]);
    for (const wrong of [
      'https://carrier.example/',
      'https://{number}.example/',
      'https://carrier.example:{number}/',
      'javascript:alert({number})',
      'ftp://a.example/{number}',
      '/parcels/{number}',
      'https://a.example/\n{number}',
      'https://a.example/{number}/{number}',
    ]) {
      expect(follows(wrong)).toEqual(['carrier.trackingUrl']);
    }
  });
});

const countries = fc.constantFrom('DE', 'AT', 'GB');
const prefixes = fc.stringMatching(/^[0-3A]{1,3}$/);
const areas = fc
  .record({ country: countries, isPart: fc.boolean(), one: prefixes, end: prefixes })
  .map(({ country, isPart, one, end }): RateArea => {
    const other = end.padEnd(one.length, '0').slice(0, one.length);
    const [from = '', last = ''] = [one, other].sort((a, b) => (a < b ? -1 : 1));
    return { country, postalCodes: isPart ? { from, to: last } : null };
  });
const risingRows = fc
  .record({
    ends: fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 6 }),
    isOpen: fc.boolean(),
  })
  .map(({ ends, isOpen }): RateRow[] => {
    const rows = ends.sort((a, b) => a - b).map((upTo, priceMinor) => ({ upTo, priceMinor }));
    return isOpen ? [...rows, { upTo: null, priceMinor: rows.length }] : rows;
  });
const methods = fc
  .array(fc.record({ areas: fc.array(areas, { maxLength: 3 }), rows: risingRows }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((zones) =>
    table('quantity', ...zones.map((each) => ({ ...each, name: 'z', rows: { EUR: each.rows } }))),
  );
const parcels = fc.record({
  pieces: fc.integer({ min: 0, max: 60 }),
  place: fc.record({ country: countries, postalCode: fc.stringMatching(/^[0-3A]{1,5}$/) }),
});

describe('a table that is accepted', () => {
  it('has one price for each parcel, whatever the order of its zones', () => {
    fc.assert(
      fc.property(methods, parcels, (method, changes) => {
        fc.pre(shippingMethodBreaches(method).length === 0);
        const zones = method.rates?.zones ?? [];
        const turned = table('quantity', ...[...zones].reverse());
        expect(priceOf(turned, changes)).toBe(priceOf(method, changes));
      }),
      { numRuns: 500 },
    );
  });

  it('has neither gaps nor overlaps: the row is the first that reaches so far', () => {
    fc.assert(
      fc.property(risingRows, fc.integer({ min: 0, max: 60 }), (rows, pieces) => {
        const method = table('quantity', { name: 'z', areas: [], rows: { EUR: rows } });
        expect(shippingMethodBreaches(method)).toEqual([]);
        const below = rows.filter(({ upTo }) => upTo !== null && upTo < pieces).length;
        expect(priceOf(method, { pieces })).toBe(below === rows.length ? 'too-much' : below);
      }),
    );
  });
});
