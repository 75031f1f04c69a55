import { expect, it } from '@jest/globals';
import { MAX_PARAMETERS, type SqlStatement, type Transaction } from '#libs/database';
import { sell } from './stock-sale.js';
import type { LocatedStock } from './stock-statements.js';

const LINES = 100;
const LOCATIONS = 10;

it('takes no more parameters than a statement may have, however much is kept wherever', async () => {
  const demands = Array.from({ length: LINES }, (_, line) => ({
    variantId: `variant ${line}`,
    quantity: LOCATIONS,
  }));
  const held = demands.flatMap(({ variantId }) =>
    Array.from({ length: LOCATIONS }, (_, at): LocatedStock => {
      return { variantId, locationId: `location ${at}`, quantity: 1 };
    }),
  );
  const sizes: number[] = [];
  const released = new Set<unknown>();
  const tx = {
    query: (statement: SqlStatement) => {
      const { text, parameters } = statement.render('mssql');
      sizes.push(parameters.length);
      if (/^\s*UPDATE/.test(text)) for (const each of parameters) released.add(each);
      // One piece of each at each location: every demand is taken in parts.
      const pieces = held.map(({ variantId, locationId }) => ({
        ...{ variant_id: variantId, location_id: locationId, priority: 1 },
        ...{ on_hand: 1, reserved: 1, is_tracked: 1, allows_backorder: 0 },
      }));
      const isRead = /^\s*SELECT/.test(text);
      return Promise.resolve(isRead ? pieces : []);
    },
    dialect: 'mssql',
  } as unknown as Transaction;
  const selling = { storeId: 'store', preferred: null, held };
  // Nobody took the parts: there are no rows here.
  await expect(sell(tx, selling, demands)).rejects.toMatchObject({ code: 'inventory.not-enough' });
  expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_PARAMETERS);
  expect(sizes.length).toBeGreaterThan(LINES / 10);
  for (const { variantId, locationId } of held) {
    expect([released.has(variantId), released.has(locationId)]).toEqual([true, true]);
  }
});
