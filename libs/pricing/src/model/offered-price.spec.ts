import { describe, expect, it } from '@jest/globals';
import { offeredPrice, type CompiledList } from './offered-price.js';
import { EXACT, type PriceShift } from './price-rule.js';
import {
  relativeListBreaches,
  relativeListLimits,
  type RelativeListContent,
} from './relative-list.js';

const list = (changes: Partial<RelativeListContent> = {}): RelativeListContent => ({
  code: 'trade',
  name: 'Trade',
  currency: 'EUR',
  priority: 10,
  customerGroup: 'trade',
  validFrom: null,
  validUntil: null,
  rule: { shift: { kind: 'percent', percentPpm: -100_000 }, rounding: EXACT },
  ...changes,
});

const by = (shift: Exclude<PriceShift, { kind: 'set' }>, rounding = EXACT) => ({ shift, rounding });

const dealer = { currency: 'EUR', groups: ['trade'], at: 1_000 };
const amountBy = (lists: readonly CompiledList[], focus = dealer, base = 2_050) =>
  offeredPrice(base, lists, focus).amountMinor;

describe('a price that somebody is offered', () => {
  it('is the base price where no list holds, and gives no reason', () => {
    expect(offeredPrice(2_050, [], dealer)).toEqual({ amountMinor: 2_050, reason: null });
    expect(amountBy([list()], { ...dealer, groups: [] })).toBe(2_050);
    expect(amountBy([list()], { ...dealer, groups: ['club'] })).toBe(2_050);
    expect(amountBy([list()], { ...dealer, currency: 'USD' })).toBe(2_050);
  });

  it('follows from the base price by the rule of a list, which it names', () => {
    const rounding = { stepMinor: 100, endingMinor: 99, mode: 'down' as const };
    const rule = by({ kind: 'percent', percentPpm: -100_000 }, rounding);
    expect(offeredPrice(2_050, [list({ rule })], dealer)).toEqual({
      amountMinor: 1_799,
      reason: { list: 'trade', name: 'Trade', rule, baseMinor: 2_050 },
    });
    expect(amountBy([list({ rule: by({ kind: 'amount', amountMinor: -50 }) })])).toBe(2_000);
  });

  it('is of the first list that holds, not of the cheapest', () => {
    const half = list({ code: 'half', rule: by({ kind: 'percent', percentPpm: -500_000 }) });
    expect(amountBy([list(), half])).toBe(1_845);
    expect(amountBy([list({ customerGroup: 'club' }), half])).toBe(1_025);
    expect(amountBy([list({ currency: 'USD' }), half])).toBe(1_025);
    expect(amountBy([list({ validUntil: 1_000 }), half])).toBe(1_025);
  });

  it('holds from an instant on, and until before another', () => {
    const lists = [list({ validFrom: 1_000, validUntil: 2_000 })];
    const at = (instant: number) => amountBy(lists, { ...dealer, at: instant });
    expect([999, 1_000, 1_999, 2_000].map(at)).toEqual([2_050, 1_845, 1_845, 2_050]);
  });

  it('is not of a list that makes no price of it that there may be', () => {
    const rule = by({ kind: 'amount', amountMinor: -3_000 });
    expect(offeredPrice(2_050, [list({ rule })], dealer).reason).toBeNull();
    expect(amountBy([list({ rule }), list()])).toBe(1_845);
  });
});

describe('a relative list', () => {
  it.each([
    ['code', { code: 'Trade' }],
    ['code', { code: 'base-eur' }],
    ['code', { code: 'a'.repeat(relativeListLimits.codeLength + 1) }],
    ['name', { name: '' }],
    ['customerGroup', { customerGroup: '' }],
    ['currency', { currency: 'CHF' }],
    ['priority', { priority: 0 }],
    ['validUntil', { validFrom: 5, validUntil: 5 }],
    ['change.percentPpm', { rule: by({ kind: 'percent', percentPpm: -1_000_001 }) }],
  ])('breaks a rule at %s', (path, changes) => {
    const breaches = relativeListBreaches(list(changes), ['EUR']);
    expect(breaches.map((breach) => breach.path)).toEqual([path]);
    expect(relativeListBreaches(list(), ['EUR'])).toEqual([]);
  });
});
