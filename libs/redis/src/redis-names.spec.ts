import { describe, expect, it } from '@jest/globals';
import { hashSlot, SLOTS } from './cluster/hash-slot.js';
import { REDIS_PURPOSES } from './connection-options.js';
import { redisHome } from './redis-home.js';
import { RedisNames, SHARED_PARTITIONS, sharedPartition } from './redis-names.js';

function namesOf(channelPrefix: string): readonly string[] {
  return Object.values(new RedisNames({ channelPrefix })) as string[];
}

describe('RedisNames', () => {
  it('keeps two installations apart in every name', () => {
    const one = namesOf('one');
    const two = namesOf('two');
    const own = ['one', 'two'].flatMap((channelPrefix) => {
      const names = new RedisNames({ channelPrefix });
      return ['a', 'b'].flatMap((id) => [names.replicaChannel(id), names.heartbeatChannel(id)]);
    });
    expect(new Set(own).size).toBe(8);
    expect(own.every((name) => /^(one|two):/.test(name))).toBe(true);
    expect(new Set([...one, ...two]).size).toBe(one.length + two.length);
  });

  it('keeps entries and locks of the shared cache apart, whatever their keys', () => {
    const names = new RedisNames({ channelPrefix: 'one' });
    const all = ['entry', 'lock', 'lock:a', 'a:lock'].flatMap((key) =>
      ['entry', 'lock'].flatMap((region) => [
        names.sharedEntry(region, key),
        names.sharedLock(region, key),
      ]),
    );
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((name) => name.startsWith('one:shared:'))).toBe(true);
  });

  it('are what they have always been where there is no cluster', () => {
    const names = new RedisNames({ channelPrefix: 'one' });
    expect([
      names.invalidationChannel,
      names.heartbeatChannel('r'),
      names.replicaChannel('r'),
      names.queuePrefix,
      names.pushKey,
      names.pushStream,
      names.sharedEntry('region', 'key'),
      names.sharedLock('region', 'key'),
      names.limitLevel('client'),
    ]).toEqual([
      'one:invalidation',
      'one:invalidation:heartbeat:r',
      'one:replica:r',
      '{one:jobs}',
      'one:push',
      'one:push:stream',
      'one:shared:entry:region:key',
      'one:shared:lock:region:key',
      'one:limit:client',
    ]);
  });

  describe('of a cluster', () => {
    const names = new RedisNames({ channelPrefix: 'one', isCluster: true });
    const masterOf = (name: string, masters: number) =>
      Math.floor((hashSlot(name) * masters) / SLOTS);

    it('have one slot where they are used together', () => {
      const together = [
        [
          names.invalidationChannel,
          names.heartbeatChannel('a'),
          names.heartbeatChannel('b'),
          names.replicaChannel('a'),
        ],
        [names.pushKey, names.pushStream, `${names.pushKey}#/#user:1#`],
        [`${names.queuePrefix}:mail.v1:wait`, `${names.queuePrefix}:generation`],
        [names.limitLevel('a'), names.limitLevel('{b}')],
      ];
      for (const group of together) expect(new Set(group.map(hashSlot)).size).toBe(1);
    });

    it('are divided among three masters, and among six', () => {
      const homes = REDIS_PURPOSES.map((purpose) => redisHome(purpose, names));
      expect(new Set(homes.map((home) => masterOf(home, 3))).size).toBe(3);
      expect(new Set(homes.map((home) => masterOf(home, 6))).size).toBe(4);
    });

    it('put what is shared into its part, which is one slot, whatever its key says of braces', () => {
      const parts = new Map<number, Set<number>>();
      for (let number = 0; number < 200; number += 1) {
        for (const key of [`${number}`, `{a}${number}`]) {
          const part = sharedPartition('region', key);
          const slot = hashSlot(names.sharedEntry('region', key));
          expect(hashSlot(names.sharedLock('region', key))).toBe(slot);
          expect(hashSlot(redisHome(`shared-${part}`, names))).toBe(slot);
          parts.set(part, (parts.get(part) ?? new Set()).add(slot));
        }
      }
      expect([...parts.values()].map(({ size }) => size)).toEqual(Array(SHARED_PARTITIONS).fill(1));
    });
  });
});
