import { describe, expect, it } from '@jest/globals';
import { crc16, hashSlot, SLOTS, tagInPart } from './hash-slot.js';

describe('hashSlot', () => {
  it('is that of the specification of Redis Cluster', () => {
    expect(crc16('123456789')).toBe(0x31_c3);
    expect(hashSlot('foo')).toBe(12_182);
    expect(hashSlot('somekey')).toBe(11_058);
  });

  it('is of what stands in the first braces, when something does', () => {
    expect(hashSlot('{user1000}.following')).toBe(hashSlot('user1000'));
    expect(hashSlot('foo{}{bar}')).toBe(crc16('foo{}{bar}') % SLOTS);
    expect(hashSlot('foo{{bar}}zap')).toBe(hashSlot('{bar'));
    expect(hashSlot('foo{bar}{zap}')).toBe(hashSlot('bar'));
    expect(hashSlot('foo{bar')).toBe(crc16('foo{bar') % SLOTS);
  });
});

describe('tagInPart', () => {
  it('finds a tag in every part, whatever the name is', () => {
    for (const name of ['lockstep:shared', 'x:jobs', 'A-Z_0.9:limit']) {
      for (let part = 0; part < 8; part += 1) {
        const tag = tagInPart(name, part, 8);
        expect(tag.startsWith(`{${name}`)).toBe(true);
        expect(Math.floor((hashSlot(`${tag}:key`) * 8) / SLOTS)).toBe(part);
      }
    }
  });

  it('finds the same one on every replica', () => {
    expect(tagInPart('lockstep:jobs', 0, 4)).toBe(tagInPart('lockstep:jobs', 0, 4));
  });
});
