import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../configuration-error.js';
import { loadConfig, type Environment } from '../load-config.js';

const VARNISH = { CDN_PROVIDER: 'varnish-ban', CDN_PURGE_URL: 'http://varnish:6081' };

function problemsOf(environment: Environment): readonly string[] {
  try {
    loadConfig({ REDIS_URL: 'redis://127.0.0.1:6379', ...environment }, 'authoring');
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('the keys of the CDN', () => {
  it('need the provider that takes the purges', () => {
    expect(problemsOf({ CDN_PURGE_URL: VARNISH.CDN_PURGE_URL })).toEqual([
      'CDN_PROVIDER: is required when CDN_PURGE_URL is set',
    ]);
    expect(problemsOf(VARNISH)).toEqual([]);
    expect(problemsOf({ CDN_PROVIDER: 'varnish-ban' })).toEqual([]);
  });

  it.each(['fastly', 'cloudflare'])('need the key that %s wants with a purge', (provider) => {
    const purging = { CDN_PROVIDER: provider, CDN_PURGE_URL: 'https://api.example/1' };
    expect(problemsOf(purging)).toEqual([`CDN_PURGE_TOKEN: is required for purges of ${provider}`]);
    expect(problemsOf({ ...purging, CDN_PURGE_TOKEN: 'key' })).toEqual([]);
    expect(problemsOf({ CDN_PROVIDER: provider })).toEqual([]);
  });

  it('repeat a purge only when every replica has heard of the change', () => {
    const lease = { CACHE_LEASE_MS: '5000' };
    expect(problemsOf({ ...VARNISH, ...lease, CDN_PURGE_REPEAT_MS: '5000' })).toEqual([
      expect.stringMatching(/^CDN_PURGE_REPEAT_MS: 5000 must be greater than CACHE_LEASE_MS/),
    ]);
    expect(problemsOf({ ...VARNISH, ...lease, CDN_PURGE_REPEAT_MS: '5001' })).toEqual([]);
    expect(problemsOf({ ...lease, CDN_PURGE_REPEAT_MS: '5000' })).toEqual([]);
  });

  it('say once what is wrong with one of them', () => {
    const wrong = { ...VARNISH, CDN_PROVIDER: 'akamai' };
    expect(problemsOf(wrong)).toEqual([expect.stringMatching(/^CDN_PROVIDER: /)]);
    const spaced = { ...VARNISH, CDN_PROVIDER: 'fastly', CDN_PURGE_TOKEN: 'a b' };
    expect(problemsOf(spaced)).toEqual([expect.stringMatching(/^CDN_PURGE_TOKEN: /)]);
  });

  it.each([
    'varnish:6081',
    'ftp://varnish',
    'http://hunter2@varnish',
    'http://:hunter2@varnish',
    'http://varnish/?key=hunter2',
    'http://varnish/#hunter2',
  ])('refuse to send purges to %s, without repeating it', (url) => {
    const problems = problemsOf({ ...VARNISH, CDN_PURGE_URL: `http://other:6081,${url}` });
    expect(problems).toEqual([expect.stringMatching(/^CDN_PURGE_URL: .*must /)]);
    expect(problems.join()).not.toContain('hunter2');
  });
});
