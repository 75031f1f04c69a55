import { describe, expect, it } from '@jest/globals';
import { RedisNames } from './redis-names.js';

describe('RedisNames', () => {
  it('keeps two installations apart in every name', () => {
    const one = Object.values(new RedisNames({ channelPrefix: 'one' }));
    const two = Object.values(new RedisNames({ channelPrefix: 'two' }));
    expect(new Set([...one, ...two]).size).toBe(one.length + two.length);
  });
});
