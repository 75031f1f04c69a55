import { describe, expect, it } from '@jest/globals';
import { BearerTokens, bearerToken } from './bearer-token.js';

const tokens = new BearerTokens({ session: 'lst_', 'api-key': 'lsk_' });

describe('bearer tokens', () => {
  it('reads back what it made, by kind and hash', () => {
    for (const kind of ['session', 'api-key'] as const) {
      const made = tokens.create(kind);
      expect(tokens.read(made.text)).toEqual({ kind, sha256: made.sha256 });
      expect(made.text.startsWith(made.visiblePrefix)).toBe(true);
      expect(made.sha256).not.toContain(made.text);
    }
    expect(tokens.create('session').text).not.toBe(tokens.create('session').text);
  });

  it('refuses a changed, shortened or foreign text before any look-up', () => {
    const { text } = tokens.create('session');
    const flipped = text.slice(0, 10) + (text[10] === 'A' ? 'B' : 'A') + text.slice(11);
    const relabelled = text.replace('lst_', 'lsk_');
    for (const wrong of [
      flipped,
      relabelled,
      text.slice(1),
      `${text}A`,
      '',
      'lst_',
      'x'.repeat(53),
    ]) {
      expect(tokens.read(wrong)).toBeUndefined();
    }
  });

  it('takes a token only from a Bearer header', () => {
    expect(bearerToken('Bearer abc')).toBe('abc');
    expect(bearerToken('bearer abc')).toBe('abc');
    for (const header of [undefined, '', 'abc', 'Basic abc', 'Bearer', 'Bearer a b']) {
      expect(bearerToken(header)).toBeUndefined();
    }
  });
});
