import { describe, expect, it } from '@jest/globals';
import { RedisNames } from './redis-names.js';

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
});
