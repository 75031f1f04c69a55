import { describe, expect, it } from '@jest/globals';
import { RedisNames } from './redis-names.js';

function namesOf(channelPrefix: string): readonly string[] {
  return Object.values(new RedisNames({ channelPrefix })) as string[];
}

describe('RedisNames', () => {
  it('keeps two installations apart in every name', () => {
    const one = namesOf('one');
    const two = namesOf('two');
    expect(new Set([...one, ...two]).size).toBe(one.length + two.length);
  });
});
