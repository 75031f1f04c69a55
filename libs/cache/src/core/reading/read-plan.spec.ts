import { describe, expect, it } from '@jest/globals';
import { EVERYTHING, regionTag } from '../following/coherence.js';
import { PositionLedger } from '../following/position-ledger.js';
import { currentObserver } from './read-observer.js';
import { concernsPlan, planFromCache } from './read-plan.js';

describe('planFromCache', () => {
  const planAt = (ledger: PositionLedger) =>
    planFromCache(
      () => ledger.applied,
      () => {
        currentObserver()?.noteHit('prices', ['price:1']);
        return Promise.resolve('a total');
      },
    );

  it('depends on the tags and regions that were read, and on everything', async () => {
    const plan = await planAt(new PositionLedger(0, 1_000));
    const concerned = [['price:1'], ['other', 'price:1'], [regionTag('prices')], [EVERYTHING]];
    for (const tags of concerned) expect(concernsPlan(plan, { position: 1, tags })).toBe(true);
    expect(concernsPlan(plan, { position: 1, tags: ['price:2', regionTag('texts')] })).toBe(false);
  });

  it('knows of the rows that were applied when it was begun, also above a hole', async () => {
    const ledger = new PositionLedger(3, 1_000);
    ledger.add(5);
    const plan = await planAt(ledger);
    ledger.add(6);
    const concerned = [3, 4, 5, 6].filter((position) =>
      concernsPlan(plan, { position, tags: ['price:1'] }),
    );
    expect(concerned).toEqual([4, 6]);
  });
});
