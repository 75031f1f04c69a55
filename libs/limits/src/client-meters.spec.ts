import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#libs/testing';
import { ClientMeters, type Measure } from './client-meters.js';

describe('ClientMeters', () => {
  let meters: ClientMeters;

  beforeEach(() => {
    meters = new ClientMeters({ clock: new ManualClock(), maxClients: 10 });
  });

  const of = (key: string, quota = 2): Measure => ({ key, quota });
  const admits = (...measures: Measure[]) => meters.take(measures).isAdmitted;

  it('counts clients apart from each other', () => {
    expect([admits(of('a')), admits(of('a')), admits(of('a'))]).toEqual([true, true, false]);
    expect(admits(of('b'))).toBe(true);
  });

  it('counts a refused request against nothing', () => {
    const network = of('network', 3);
    expect([1, 2, 3, 4].map(() => admits(of('a'), network))).toEqual([true, true, false, false]);
    expect(admits(of('b'), network)).toBe(true);
    expect(admits(of('c'), network)).toBe(false);
    expect(meters.tell(10)).toEqual([
      { key: 'a', quota: 2, count: 2 },
      { key: 'network', quota: 3, count: 3 },
      { key: 'b', quota: 2, count: 1 },
    ]);
  });

  it('tells what it was asked since it last told, a bounded number at a time', () => {
    admits(of('a'));
    admits(of('b'));
    expect(meters.tell(1)).toEqual([{ key: 'a', quota: 2, count: 1 }]);
    expect(meters.hasUntold).toBe(true);
    expect(meters.tell(1)).toEqual([{ key: 'b', quota: 2, count: 1 }]);
    expect(meters.hasUntold).toBe(false);
    expect(meters.tell(1)).toEqual([]);
  });

  it('refuses what the fleet says is too much', () => {
    admits(of('a', 10));
    meters.learn(meters.tell(10), [10]);
    expect(admits(of('a', 10))).toBe(false);
  });

  it('holds a bounded number of clients, and forgets the one that has not asked for longest', () => {
    meters = new ClientMeters({ clock: new ManualClock(), maxClients: 3 });
    for (const key of ['a', 'a', 'b', 'c', 'a', 'd']) admits(of(key));
    expect(meters.size).toBe(3);
    expect(admits(of('a'))).toBe(false);
    expect(meters.tell(10).map(({ key }) => key)).toEqual(['a', 'c', 'd']);
  });
});
