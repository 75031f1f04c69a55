import { describe, expect, it } from '@jest/globals';
import { redactSecrets } from './redact-secrets.js';

describe('redactSecrets', () => {
  it('masks what stands under a secret name, at any depth, and nothing else', () => {
    const value = {
      name: 'Ada',
      password: 'x',
      nested: [{ apiKey: 'k', passwordHash: 'h', amount: 3 }],
      token: null,
    };
    expect(redactSecrets(value)).toEqual({
      name: 'Ada',
      password: '[redacted]',
      nested: [{ apiKey: '[redacted]', passwordHash: '[redacted]', amount: 3 }],
      token: null,
    });
  });
});
