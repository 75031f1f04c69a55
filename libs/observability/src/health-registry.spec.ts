import { describe, expect, it } from '@jest/globals';
import { HealthRegistry } from './health-registry.js';

describe('HealthRegistry', () => {
  it('is ready between start and drain only', async () => {
    const health = new HealthRegistry();
    health.requireReady('database', async () => undefined);
    expect(await health.report()).toMatchObject({ isReady: false, phase: 'starting' });
    health.markServing();
    expect(await health.report()).toEqual({
      isReady: true,
      phase: 'serving',
      checks: { database: { status: 'up' } },
    });
    health.markDraining();
    health.markServing();
    expect(await health.report()).toMatchObject({ isReady: false, phase: 'draining' });
  });

  it('is not ready while a required check fails, and keeps the reason to itself', async () => {
    const health = new HealthRegistry();
    health.markServing();
    health.requireReady('database', () => Promise.reject(new Error('password of sa is wrong')));
    expect(await health.report()).toEqual({
      isReady: false,
      phase: 'serving',
      checks: { database: { status: 'down' } },
    });
  });

  it('gives up a check that hangs', async () => {
    const health = new HealthRegistry();
    health.markServing();
    health.requireReady('database', () => new Promise(() => undefined));
    expect(await health.report()).toMatchObject({
      isReady: false,
      checks: { database: { status: 'down' } },
    });
  });

  it('stays ready while something it can do without is away', async () => {
    const health = new HealthRegistry();
    health.markServing();
    health.watch('redis', () => ({ isDegraded: true, reason: 'commands: reconnecting' }));
    expect(await health.report()).toMatchObject({
      isReady: true,
      checks: { redis: { status: 'degraded', reason: 'commands: reconnecting' } },
    });
  });

  it('runs a check once for readers at the same time', async () => {
    const health = new HealthRegistry();
    let runs = 0;
    health.requireReady('database', async () => {
      runs += 1;
    });
    await Promise.all([health.report(), health.report(), health.report()]);
    expect(runs).toBe(1);
    await health.report();
    expect(runs).toBe(2);
  });

  it('tells when nothing keeps it from traffic any more', async () => {
    const health = new HealthRegistry();
    const failures = ['search', 'search', 'database'];
    health.requireReady('search', async () => {
      const failed = failures.shift();
      if (failed !== undefined) throw new Error(failed);
    });
    // What it can do without, and that it does not listen yet, is no reason to wait.
    health.watch('redis', () => ({ isDegraded: true }));
    await health.allPassed(new AbortController().signal, 1);
    expect(failures).toEqual([]);
  });

  it('does not tell that once it is given up', async () => {
    const health = new HealthRegistry();
    const stopping = new AbortController();
    health.requireReady('search', () => {
      stopping.abort(new Error('stopping'));
      return Promise.resolve();
    });
    await expect(health.allPassed(stopping.signal, 1)).rejects.toThrow('stopping');
  });
});
