import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { CachedRoute } from './cached-route.js';
import { KnownRequests } from './known-requests.js';

const route = new CachedRoute(
  '/things',
  {
    options: { freshSeconds: 1, staleWhileRevalidateSeconds: 1, staleIfErrorSeconds: 1 },
    querySchema: undefined,
  },
  { sharedSeconds: 1, staleWhileRevalidateSeconds: 1 },
);

describe('KnownRequests', () => {
  it('forgets what nobody asks for, and nothing that is asked for, however many come', () => {
    const known = new KnownRequests(
      loadConfig({ REDIS_URL: 'redis://127.0.0.1:1', REPLICA_ID: 'c1' }, 'commerce').http,
    );
    known.remember('/often', { id: 'often', route });
    known.remember('/once', { id: 'once', route });
    for (let number = 0; number < 50_000; number += 1) {
      known.remember(`/flood?${number}`, { id: String(number), route });
      if (number % 1_000 === 0) expect(known.find('/often')?.id).toBe('often');
    }
    expect(known.find('/once')).toBeUndefined();
    expect(known.find('/flood?0')).toBeUndefined();
    expect(known.find('/flood?49999')?.id).toBe('49999');
  });
});
