import { describe, expect, it } from '@jest/globals';
import { addressOf, ClusterView } from './cluster-view.js';

const asked = { host: 'asked', port: 7_000 };
const whole = [
  [0, 8_191, ['a', 7_000, 'id-a', []], ['b', 7_001, 'id-b', []]],
  [8_192, 16_383, ['c', 7_002, 'id-c', []]],
];

describe('ClusterView', () => {
  it('knows who has a slot, and that nobody does', () => {
    const view = ClusterView.of(whole, asked);
    expect(view.ownerOf(8_191)).toEqual({ host: 'a', port: 7_000 });
    expect(view.ownerOf(8_192)).toEqual({ host: 'c', port: 7_002 });
    expect(view.missingSlots).toBe(0);
    const half = ClusterView.of(whole.slice(1), asked);
    expect(half.ownerOf(8_191)).toBeUndefined();
    expect(half.missingSlots).toBe(8_192);
  });

  it('counts the slots of a master over all its ranges, and its replicas', () => {
    const view = ClusterView.of(
      [...whole.slice(0, 1), [9_000, 9_000, ['a', 7_000], ['b', 7_001]]],
      asked,
    );
    expect(view.nodes()).toEqual([
      { host: 'a', port: 7_000, slots: 8_193, replicas: 1 },
      { host: 'b', port: 7_001, slots: 0, replicas: 0 },
    ]);
  });

  it('takes a node without an address for the one that was asked', () => {
    for (const host of ['', null]) {
      const view = ClusterView.of([[0, 16_383, [host, 7_005, 'id']]], asked);
      expect(view.ownerOf(1)).toEqual({ host: 'asked', port: 7_005 });
    }
  });

  it.each([[undefined], ['OK'], [[['0', 1, ['a', 1]]]], [[[0, 1]]]])('refuses %j', (answer) => {
    expect(() => ClusterView.of(answer, asked)).toThrow();
  });

  it('writes addresses as they are connected to', () => {
    expect(addressOf({ host: '10.0.0.1', port: 1 })).toBe('10.0.0.1:1');
    expect(addressOf({ host: '::1', port: 1 })).toBe('[::1]:1');
  });
});
