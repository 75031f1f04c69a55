import { describe, expect, it } from '@jest/globals';
import { findOrderLinkKey, readOrderLink, writeOrderLink } from './order-link.js';

const key = { id: '01900000-0000-7000-8000-000000000001', signingKey: 'ab'.repeat(32) };
const link = { orderId: '01900000-0000-7000-8000-0000000000ff', expiresAt: 2_000_000_000 };
const token = writeOrderLink(link, key);

describe('a link to an order', () => {
  it('opens its order until it expires', () => {
    expect(findOrderLinkKey(token)).toBe(key.id);
    expect(readOrderLink(token, key, link.expiresAt - 1)).toEqual(link);
    expect(readOrderLink(token, key, link.expiresAt)).toBeUndefined();
  });

  it('opens nothing once a character of it is another one', () => {
    const opening: number[] = [];
    for (let place = 0; place < token.length; place += 1) {
      for (const other of ['0', 'f', 'A', '.', '_']) {
        const changed = token.slice(0, place) + other + token.slice(place + 1);
        if (changed !== token && readOrderLink(changed, key, 1) !== undefined) opening.push(place);
      }
    }
    // The signature is compared as text, so not even the bits that base64 leaves unused may differ.
    expect(opening).toEqual([]);
  });

  it('opens nothing with another key, and nothing that is no link', () => {
    expect(readOrderLink(token, { ...key, signingKey: 'cd'.repeat(32) }, 1)).toBeUndefined();
    for (const text of ['', 'x', 'a.b.c.d', `${token}x`, ` ${token}`, 'ü'.repeat(120)]) {
      expect(findOrderLinkKey(text)).toBeUndefined();
      expect(readOrderLink(text, key, 1)).toBeUndefined();
    }
  });
});
