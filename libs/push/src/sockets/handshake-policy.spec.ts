import { describe, expect, it } from '@jest/globals';
import { refusalOf } from './handshake-policy.js';

const request = (url: string, headers: Record<string, string> = {}) => ({
  url,
  headers: { host: 'office.example:3000', ...headers },
});

describe('the handshake policy', () => {
  it('takes no token from the URL, whatever it is called', () => {
    for (const name of ['token', 'access_token', 'auth', 'apiKey', 'sessionId']) {
      expect(
        refusalOf(request(`/socket.io/?EIO=4&transport=websocket&${name}=x`), []),
      ).toBeDefined();
    }
    expect(
      refusalOf(request('/socket.io/?EIO=4&transport=polling&t=abc&sid=1'), []),
    ).toBeUndefined();
  });

  it('takes pages of the own origin and of those that are configured, and programs', () => {
    const from = (origin: string, allowed: string[]) =>
      refusalOf(request('/socket.io/', { origin }), allowed);
    expect(refusalOf(request('/socket.io/'), [])).toBeUndefined();
    expect(from('http://office.example:3000', [])).toBeUndefined();
    expect(from('https://shop.example', ['https://shop.example'])).toBeUndefined();
    expect(from('https://anything.example', ['*'])).toBeUndefined();
    expect(from('https://evil.example', ['https://shop.example'])).toBeDefined();
    expect(from('http://office.example', [])).toBeDefined();
    expect(from('null', [])).toBeDefined();
  });
});
