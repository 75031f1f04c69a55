import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../configuration-error.js';
import { describeConfig } from '../describe-config.js';
import { loadConfig } from '../load-config.js';

const basis = { REDIS_URL: 'redis://127.0.0.1:6379' };
const keys = {
  CARD_SECRET_KEY: 'sk_test_aSecretKey123',
  CARD_WEBHOOK_SECRET: 'whsec_aSigningSecret1',
};

const problemsOf = (values: Record<string, string>): readonly string[] => {
  try {
    loadConfig({ ...basis, ...values }, 'commerce');
    return [];
  } catch (error) {
    return error instanceof ConfigurationError ? error.problems : [String(error)];
  }
};

describe('the configuration of card payments', () => {
  it('is off without keys, and whole with them', () => {
    expect(loadConfig(basis, 'commerce').payments.card).toBeUndefined();
    expect(loadConfig({ ...basis, ...keys }, 'authoring').payments.card).toEqual({
      secretKey: keys.CARD_SECRET_KEY,
      webhookSecret: keys.CARD_WEBHOOK_SECRET,
      publishableKey: null,
      captures: 'manual',
      timeoutMs: 8_000,
      api: { protocol: 'https', host: 'api.stripe.com', port: 443 },
    });
  });

  it('is refused when half of it is missing', () => {
    expect(problemsOf({ CARD_SECRET_KEY: keys.CARD_SECRET_KEY })).toEqual([
      expect.stringMatching(/^CARD_WEBHOOK_SECRET: is required when CARD_SECRET_KEY is set/),
    ]);
    expect(problemsOf({ CARD_WEBHOOK_SECRET: keys.CARD_WEBHOOK_SECRET })).toEqual([
      expect.stringMatching(/^CARD_SECRET_KEY: is required when CARD_WEBHOOK_SECRET is set/),
    ]);
  });

  it('never repeats a key, right or wrong', () => {
    const config = loadConfig({ ...basis, ...keys }, 'commerce');
    const printed = describeConfig(config);
    expect(printed).toContain('CARD_SECRET_KEY=');
    for (const key of Object.values(keys)) expect(printed).not.toContain(key);
    const wrong = {
      CARD_SECRET_KEY: 'pk_live_mistaken1',
      CARD_WEBHOOK_SECRET: 'whsecret_mistaken',
    };
    const problems = problemsOf(wrong).join('\n');
    expect(problems).toContain('CARD_SECRET_KEY: must be a key of the provider');
    expect(problems).toContain('CARD_WEBHOOK_SECRET: must be a signing secret');
    expect(problems).not.toContain('mistaken');
  });

  it('takes the address of another server, without a path or a login', () => {
    const api = (url: string) =>
      loadConfig({ ...basis, ...keys, CARD_API_URL: url }, 'commerce').payments.card?.api;
    expect(api('http://127.0.0.1:8080')).toEqual({
      protocol: 'http',
      host: '127.0.0.1',
      port: 8_080,
    });
    for (const url of ['ftp://x', 'https://x/v1', 'https://u:p@x', 'x', 'https://x?a=b']) {
      expect(problemsOf({ ...keys, CARD_API_URL: url })).toHaveLength(1);
    }
  });
});
