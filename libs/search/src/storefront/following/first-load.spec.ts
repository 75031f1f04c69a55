import { describe, expect, it } from '@jest/globals';
import { FIRST_LOAD_LIMIT_MS, FirstLoad } from './first-load.js';
import { boundedSource } from './bounded-source.js';
import type { IndexTiming } from './index-timing.js';
import { ScriptedSource } from '../../../test/scripted-source.js';
import { searchErrors } from '../../model/search.errors.js';

/** Time that goes on whenever nothing else can happen. */
class IdleTime implements IndexTiming {
  private ms = 0;
  private readonly timers = new Set<{ readonly atMs: number; readonly task: () => void }>();

  nowMs(): number {
    return this.ms;
  }

  after(ms: number, task: () => void): () => void {
    const timer = { atMs: this.ms + ms, task };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  breathe(): Promise<void> {
    return Promise.resolve();
  }

  /** Until the work has ended. */
  async during<Result>(work: Promise<Result>): Promise<Result> {
    let isOver = false;
    const over = work.finally(() => (isOver = true));
    over.catch(() => undefined);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const [next] = [...this.timers].sort((one, other) => one.atMs - other.atMs);
      if (isOver || next === undefined) return over;
      this.timers.delete(next);
      this.ms = Math.max(this.ms, next.atMs);
      next.task();
    }
  }
}

describe('the first load of a replica', () => {
  const never = new Promise<never>(() => undefined);

  function world(loads: Record<string, () => Promise<void>>) {
    const time = new IdleTime();
    const failures: unknown[] = [];
    const stopping = new AbortController();
    let asked = 0;
    const firstLoad = new FirstLoad({
      storeCodes: () => {
        asked += 1;
        return asked < 3 ? Promise.reject(new Error('away')) : Promise.resolve(Object.keys(loads));
      },
      load: (code) => loads[code]?.() ?? Promise.resolve(),
      timing: time,
      signal: stopping.signal,
      reportFailure: (error) => failures.push(error),
    });
    return { time, failures, stopping, firstLoad };
  }

  const done = () => Promise.resolve();
  const failing = () => Promise.reject(new Error('broken'));

  it('ends when every store has been loaded, however often that fails before', async () => {
    let tries = 0;
    const second = () => ((tries += 1) < 4 ? failing() : done());
    const { time, firstLoad, failures } = world({ first: done, second, third: done });
    expect(await time.during(firstLoad.run())).toEqual([]);
    expect([tries, failures.length]).toEqual([4, 5]);
    expect(time.nowMs()).toBeLessThan(10_000);
  });

  it('loads each store although one before it cannot be, and ends without that one', async () => {
    const loaded: string[] = [];
    const third = async () => void loaded.push('third');
    const { time, firstLoad } = world({ first: done, second: failing, third });
    expect(await time.during(firstLoad.run())).toEqual(['second']);
    expect(loaded).toEqual(['third']);
    expect(time.nowMs()).toBeGreaterThanOrEqual(FIRST_LOAD_LIMIT_MS);
    expect(time.nowMs()).toBeLessThan(FIRST_LOAD_LIMIT_MS + 5_000);
  });

  it('does not try one again that is too large, and ends at once without it', async () => {
    let tries = 0;
    const first = async () => {
      tries += 1;
      throw searchErrors.indexTooLarge();
    };
    const { time, firstLoad, failures } = world({ first, second: done });
    expect(await time.during(firstLoad.run())).toEqual(['first']);
    expect([tries, failures.length]).toEqual([1, 3]);
    expect(time.nowMs()).toBeLessThan(5_000);
  });

  it('waits for the others when one is too large', async () => {
    let tries = 0;
    const first = () => Promise.reject(searchErrors.indexTooLarge());
    const second = () => ((tries += 1) < 4 ? failing() : done());
    const { time, firstLoad } = world({ first, second });
    expect(await time.during(firstLoad.run())).toEqual(['first']);
    expect(tries).toBe(4);
  });

  it('does not wait for ever for a store that is never loaded', async () => {
    const { time, firstLoad } = world({ only: () => never });
    expect(await time.during(firstLoad.run())).toEqual(['only']);
  });

  it('ends when the replica stops', async () => {
    const { time, firstLoad, stopping } = world({ only: failing });
    const run = firstLoad.run();
    stopping.abort();
    expect(await time.during(run)).toBeUndefined();
  });

  it('gives up a step that does not answer', async () => {
    const time = new IdleTime();
    const source = new ScriptedSource();
    source.beforeAnswer = () => never;
    const { store } = source;
    if (store === undefined) throw new Error('no store');
    const bounded = boundedSource(source, time);
    for (const step of [bounded.page(store, '', 10), bounded.some(store, ['a'])]) {
      await expect(time.during(step)).rejects.toMatchObject({
        code: searchErrors.indexNotReady().code,
      });
    }
    expect(time.nowMs()).toBeLessThanOrEqual(60_000);
    expect(await time.during(bounded.findStore('main'))).toBe(store);
  });
});
