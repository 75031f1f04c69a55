import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planLoss, planRefund, type AgreedParts, type PlannedRefund } from './plan-refund.js';

const sumOf = (refunds: readonly PlannedRefund[]) =>
  refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

const totalOf = ({ lines, shipping }: AgreedParts) =>
  lines.reduce((sum, { totalMinor }) => sum + totalMinor, shipping.totalMinor);

const charge = (totalMinor: number, taxMinor: number) => ({
  totalMinor,
  taxes: [{ code: 'vat', amountMinor: taxMinor }],
});

describe('planRefund', () => {
  it('refunds of 179.26 for 179.25: pieces given back one by one come to what was taken', () => {
    const agreed: AgreedParts = {
      lines: [
        { ...charge(9_999, 1_596), quantity: 7 },
        { ...charge(7_436, 1_187), quantity: 3 },
      ],
      shipping: charge(490, 78),
    };
    expect(totalOf(agreed)).toBe(17_925);
    const refunds: PlannedRefund[] = [];
    const give = (line: number, shipping = false) => {
      const items = line === 0 ? [] : [{ line, quantity: 1 }];
      const wish = { kind: 'items', items, shipping } as const;
      refunds.push(planRefund(wish, agreed, refunds, 17_925 - sumOf(refunds)));
    };
    for (const line of [1, 2, 1, 1, 2, 1, 1, 1]) give(line);
    give(0, true);
    give(2);
    give(1);
    expect(sumOf(refunds)).toBe(17_925);
    expect(() => give(1)).toThrow(expect.objectContaining({ code: 'payments.nothing-to-refund' }));
    expect(() => planRefund({ kind: 'amount', amountMinor: 17_926 }, agreed, [], 17_925)).toThrow(
      expect.objectContaining({ code: 'payments.refund-exceeds' }),
    );
  });

  it('gives the last refund the remainder, also after a sum for no part of the order', () => {
    const agreed = { lines: [{ ...charge(1_000, 160), quantity: 2 }], shipping: charge(0, 0) };
    const goodwill = planRefund({ kind: 'amount', amountMinor: 100 }, agreed, [], 1_000);
    const wish = { kind: 'items', items: [{ line: 1, quantity: 2 }], shipping: false } as const;
    expect(planRefund(wish, agreed, [goodwill], 900)).toMatchObject({
      amountMinor: 900,
      parts: { items: [{ line: 1, quantity: 2, totalMinor: 1_000 }] },
    });
  });

  it('gives a piece what it cost, and counts what earlier pieces really got', () => {
    const even = { lines: [{ ...charge(2_000, 319), quantity: 2 }], shipping: charge(0, 0) };
    const piece = { kind: 'items', items: [{ line: 1, quantity: 1 }], shipping: false } as const;
    const first = planRefund(piece, even, [], 2_000);
    expect(first).toMatchObject({
      amountMinor: 1_000,
      parts: { items: [{ netMinor: 841, taxes: [{ amountMinor: 159 }], totalMinor: 1_000 }] },
    });
    expect(planRefund(piece, even, [first], 1_000)).toMatchObject({
      parts: { items: [{ netMinor: 840, taxes: [{ amountMinor: 160 }], totalMinor: 1_000 }] },
    });
    // The refund of the first piece fails after that of the third, which has got the odd unit.
    const odd = { lines: [{ ...charge(100, 16), quantity: 3 }], shipping: charge(490, 78) };
    const done: PlannedRefund[] = [];
    for (let times = 0; times < 3; times += 1) done.push(planRefund(piece, odd, done, 590));
    expect(done.map(({ amountMinor }) => amountMinor)).toEqual([33, 33, 34]);
    expect(planRefund(piece, odd, done.slice(1), 523).amountMinor).toBe(33);
  });

  it('refuses more of a line, or of what was taken, than is left, and shipping twice', () => {
    const agreed = { lines: [{ ...charge(1_000, 160), quantity: 2 }], shipping: charge(490, 78) };
    const refused = (
      items: { line: number; quantity: number }[],
      shipping: boolean,
      left = 1_490,
    ) =>
      expect(() =>
        planRefund({ kind: 'items', items, shipping }, agreed, [withShipping], left),
      ).toThrow(expect.objectContaining({ code: 'payments.refund-exceeds' }));
    const withShipping = planRefund(
      { kind: 'items', items: [], shipping: true },
      agreed,
      [],
      1_490,
    );
    expect(withShipping.amountMinor).toBe(490);
    refused([{ line: 1, quantity: 3 }], false);
    refused([{ line: 2, quantity: 1 }], false);
    refused(
      [
        { line: 1, quantity: 1 },
        { line: 1, quantity: 2 },
      ],
      false,
    );
    refused([], true);
    refused([{ line: 1, quantity: 1 }], false, 499);
  });

  it('comes to what was taken, whatever parts are given back in whatever order', () => {
    const anyCharge = fc
      .tuple(fc.nat(100_000), fc.nat(30_000), fc.nat(5_000))
      .map(([net, vat, levy]) => ({
        totalMinor: net + vat + levy,
        taxes: [
          { code: 'vat', amountMinor: vat },
          { code: 'levy', amountMinor: levy },
        ],
      }));
    const anyParts = fc.record({
      lines: fc.array(
        fc.tuple(anyCharge, fc.integer({ min: 1, max: 9 })).map(([each, quantity]) => ({
          ...each,
          quantity,
        })),
        { minLength: 1, maxLength: 5 },
      ),
      shipping: anyCharge,
    });
    fc.assert(
      fc.property(anyParts, fc.infiniteStream(fc.nat(1_000)), (agreed, chance) => {
        fc.pre(totalOf(agreed) > 0);
        const pieces = agreed.lines.flatMap(({ quantity }, index) =>
          Array.from({ length: quantity }, () => index + 1),
        );
        const todo = [...pieces, 0];
        const refunds: PlannedRefund[] = [];
        while (todo.length > 0) {
          const [line = 0] = todo.splice((chance.next().value ?? 0) % todo.length, 1);
          const items = line === 0 ? [] : [{ line, quantity: 1 }];
          const wish = { kind: 'items', items, shipping: line === 0 } as const;
          try {
            refunds.push(planRefund(wish, agreed, refunds, totalOf(agreed) - sumOf(refunds)));
          } catch (error) {
            // A piece may be worth nothing; it is given back with the next one that is.
            expect(error).toMatchObject({ code: 'payments.nothing-to-refund' });
            if (todo.length === 0) break;
          }
        }
        for (const { parts } of refunds) {
          for (const share of [...parts.items, ...(parts.shipping ? [parts.shipping] : [])]) {
            expect(share.totalMinor).toBeGreaterThanOrEqual(0);
            expect(share.netMinor).toBeGreaterThanOrEqual(0);
          }
        }
        const left = totalOf(agreed) - sumOf(refunds);
        expect(left).toBeGreaterThanOrEqual(0);
        if (left > 0) refunds.push(planRefund({ kind: 'rest' }, agreed, refunds, left));
        expect(sumOf(refunds)).toBe(totalOf(agreed));
      }),
    );
  });
});

describe('planLoss', () => {
  const agreed = { lines: [{ ...charge(3_000, 479), quantity: 3 }], shipping: charge(490, 78) };
  const lose = (
    quantity: number,
    earlier: readonly PlannedRefund[],
    left: number,
    lostBefore = 0,
  ) =>
    planLoss([{ line: 1, quantity }], new Map([[1, lostBefore + quantity]]), agreed, earlier, left);
  const byHand = (quantity: number, earlier: readonly PlannedRefund[] = [], left = 3_490) =>
    planRefund(
      { kind: 'items', items: [{ line: 1, quantity }], shipping: false },
      agreed,
      earlier,
      left,
    );

  it('takes off what pieces came to', () => {
    expect(lose(1, [], 3_490)).toMatchObject({ amountMinor: 1_000 });
    expect(lose(3, [], 3_490)).toMatchObject({ amountMinor: 3_000 });
  });

  it('sets what was given back by hand against the first pieces that are lost', () => {
    expect(lose(1, [byHand(1)], 2_490)).toBeUndefined();
    expect(lose(1, [byHand(1)], 2_490, 1)).toMatchObject({ amountMinor: 1_000 });
    expect(lose(3, [byHand(2)], 1_490)).toMatchObject({
      amountMinor: 1_000,
      parts: { items: [{ line: 1, quantity: 1 }] },
    });
    expect(lose(1, [byHand(3)], 490)).toBeUndefined();
  });

  it('takes off no more pieces than are lost now, also when nothing came off for earlier ones', () => {
    expect(lose(1, [], 3_490, 2)).toMatchObject({ parts: { items: [{ quantity: 1 }] } });
  });

  it('takes off no more than there is, after a sum for no part of the order', () => {
    expect(lose(2, [], 700)).toMatchObject({ amountMinor: 700 });
    expect(lose(1, [], 0)).toBeUndefined();
  });

  it('pays for each piece once: for what was lost, or given back by hand before', () => {
    const step = fc.record({ quantity: fc.integer({ min: 1, max: 3 }), isLoss: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const refunds: PlannedRefund[] = [];
        let [lost, given] = [0, 0];
        for (const { quantity, isLoss } of steps) {
          if ((isLoss ? lost : given) + quantity > 3) continue;
          const left = 3_490 - sumOf(refunds);
          const planned = isLoss
            ? lose(quantity, refunds, left, lost)
            : byHand(quantity, refunds, left);
          if (isLoss) lost += quantity;
          given = isLoss ? Math.max(given, lost) : given + quantity;
          if (planned !== undefined) refunds.push(planned);
          expect(sumOf(refunds)).toBe(given * 1_000);
        }
      }),
    );
  });
});
