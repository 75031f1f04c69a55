import { describe, expect, it } from '@jest/globals';
import { welcome, type WelcomeFacts } from './welcome.js';

const facts: WelcomeFacts = {
  commerce: ['http://127.0.0.1:3000', 'http://127.0.0.1:3001'],
  authoring: ['http://127.0.0.1:4000'],
  login: { email: 'staff@lockstep.example', password: 'secret' },
  isLoginValid: true,
  tour: {
    storeCode: 'main',
    productId: 'p1',
    slug: 'brake-disc',
    variantId: 'v1',
    sku: 'DISC-1',
    currency: 'EUR',
    amount: 4990,
  },
};

describe('welcome', () => {
  it('names every address, the login and a command for each commerce replica', () => {
    const text = welcome(facts);
    for (const url of [...facts.commerce, ...facts.authoring])
      expect(text).toContain(`\n    ${url}\n`);
    expect(text).toContain('staff@lockstep.example   secret');
    for (const url of facts.commerce) {
      expect(text).toContain(`${url}/api/v1/stores/main/products/brake-disc\n`);
    }
  });

  it('suggests a price that differs from the one there is', () => {
    expect(welcome(facts)).toContain('{"amount":4890}');
  });

  it('says when the login is no longer the one it printed', () => {
    expect(welcome({ ...facts, isLoginValid: false })).toContain('changed since');
  });

  it('suggests nothing where nothing is sold', () => {
    expect(welcome({ ...facts, tour: undefined })).not.toContain('curl');
  });
});
