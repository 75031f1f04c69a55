import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { productLimits } from '#libs/kernel';
import {
  EXACT,
  priceRuleBreaches,
  repriced,
  type PriceRounding,
  type PriceRule,
  type PriceShift,
} from './price-rule.js';

const eur = (amountMinor: number, compareAtMinor: number | null = null) => ({
  currency: 'EUR',
  amountMinor,
  compareAtMinor,
});

const ruleOf = (shift: PriceShift, rounding: Partial<PriceRounding> = {}): PriceRule => ({
  shift,
  rounding: { ...EXACT, ...rounding },
  compareAt: 'keep',
});

const percent = (percentPpm: number, rounding: Partial<PriceRounding> = {}): PriceRule =>
  ruleOf({ kind: 'percent', percentPpm }, rounding);

const amountAfter = (before: number, rule: PriceRule) => repriced(eur(before), rule)?.amountMinor;

const NINES = { stepMinor: 100, endingMinor: 99 } as const;

describe('a rule for prices', () => {
  it('sets, adds per cents and adds amounts', () => {
    expect(amountAfter(1_000, ruleOf({ kind: 'set', amountMinor: 250 }))).toBe(250);
    expect(amountAfter(1_000, percent(-100_000))).toBe(900);
    expect(amountAfter(1_000, percent(55_000))).toBe(1_055);
    expect(amountAfter(1_000, ruleOf({ kind: 'amount', amountMinor: -300 }))).toBe(700);
  });

  it('rounds half a unit up', () => {
    expect(amountAfter(5, percent(-500_000))).toBe(3);
    expect(amountAfter(333, percent(-100_000))).toBe(300);
  });

  it.each([
    ['nearest', 1_000, 999],
    ['nearest', 1_049, 1_099],
    ['nearest', 1_048, 999],
    ['up', 1_000, 1_099],
    ['up', 999, 999],
    ['down', 1_098, 999],
    ['nearest', 20, 99],
    ['up', 0, 99],
  ] as const)('rounds %s: %d becomes %d in steps that end in 99', (mode, before, after) => {
    expect(amountAfter(before, percent(0, { ...NINES, mode }))).toBe(after);
  });

  it('rounds once: a fraction is not made whole before it is put on a step', () => {
    // 10.004 is above 10, so that no allowed amount below is meant.
    expect(amountAfter(10_004, percent(-999_000, { stepMinor: 10, mode: 'up' }))).toBe(20);
  });

  it.each(['up', 'nearest', 'down'] as const)(
    'is exact at high amounts, where millionths are more than a number holds: %s',
    (mode) => {
      // 999,998,000,001,000,000 millionths: a whole amount, between two numbers of 64 bits.
      expect(amountAfter(999_999_000_000, percent(-1, { mode }))).toBe(999_998_000_001);
    },
  );

  it('finds no price below nothing, above the highest, or below the lowest step', () => {
    expect(amountAfter(100, ruleOf({ kind: 'amount', amountMinor: -101 }))).toBeUndefined();
    const tooMuch = ruleOf({ kind: 'amount', amountMinor: -150 }, { stepMinor: 100 });
    expect(amountAfter(100, tooMuch)).toBeUndefined();
    expect(amountAfter(productLimits.amountMinor, percent(1))).toBeUndefined();
    expect(amountAfter(50, percent(0, { ...NINES, mode: 'down' }))).toBeUndefined();
  });

  it.each([
    ['keep', 1_500],
    ['previous', 1_000],
    ['clear', null],
  ] as const)('shows as what it cost before: %s', (compareAt, shown) => {
    const rule = { ...percent(-100_000), compareAt };
    expect(repriced(eur(1_000, 1_500), rule)).toEqual(eur(900, shown));
  });

  it('makes only allowed amounts, never further away than a step', () => {
    const steps = fc
      .integer({ min: 1, max: 10_000 })
      .chain((stepMinor) =>
        fc.tuple(fc.constant(stepMinor), fc.integer({ min: 0, max: stepMinor - 1 })),
      );
    const modes = fc.constantFrom('nearest', 'up', 'down' as const);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000_000 }),
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        steps,
        modes,
        (amount, percentPpm, [stepMinor, endingMinor], mode) => {
          const after = amountAfter(amount, percent(percentPpm, { stepMinor, endingMinor, mode }));
          if (after === undefined) return;
          expect(after % stepMinor).toBe(endingMinor);
          const exact = (amount * (1_000_000 + percentPpm)) / 1_000_000;
          const distance = after - exact;
          if (mode === 'up') expect(distance).toBeGreaterThan(-1e-3);
          if (mode === 'down') expect(distance).toBeLessThan(1e-3);
          if (exact >= endingMinor) expect(Math.abs(distance)).toBeLessThan(stepMinor + 1e-3);
        },
      ),
    );
  });

  it.each([
    ['change.percentPpm', percent(-1_000_001)],
    ['change.percentPpm', percent(0.5)],
    ['change.amount', ruleOf({ kind: 'set', amountMinor: -1 })],
    ['change.amount', ruleOf({ kind: 'amount', amountMinor: 1e13 })],
    ['rounding.step', percent(0, { stepMinor: 0, endingMinor: -1 })],
    ['rounding.ending', percent(0, { stepMinor: 100, endingMinor: 100 })],
  ])('breaks a rule at %s', (path, rule) => {
    expect(priceRuleBreaches(rule).map((breach) => breach.path)).toContain(path);
    expect(priceRuleBreaches(percent(0, NINES))).toEqual([]);
  });
});
