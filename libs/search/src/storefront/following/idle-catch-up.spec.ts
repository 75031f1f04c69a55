import { describe, expect, it } from '@jest/globals';
import { ManualClock, ManualScheduler, settled } from '#libs/testing';
import { idAt, named } from '../../../test/indexed-products.js';
import { ScriptedSource } from '../../../test/scripted-source.js';
import { StepwiseMerger } from '../merging/stepwise-merger.js';
import { IDLE_CATCH_UP_MS, IdleCatchUp } from './idle-catch-up.js';
import type { IndexTiming } from './index-timing.js';
import { IndexRoom } from './index-room.js';
import { IndexedStore } from './indexed-store.js';

/** Timers fire only when time is advanced; turns of the event loop come by themselves. */
class World {
  private readonly clock = new ManualClock();
  readonly scheduler = new ManualScheduler(this.clock);
  readonly timing: IndexTiming = {
    after: (ms, task) => this.scheduler.after(ms, task),
    nowMs: () => this.clock.monotonicMs(),
    breathe: settled,
  };
  isMarked = true;
  begun = 0;
  readonly idle = new IdleCatchUp(this.timing, () => {
    if (this.isMarked) this.begun += 1;
    return this.isMarked;
  });
}

describe('catching up with what nobody has asked for', () => {
  it('begins in the step in which it is heard, after a rest', () => {
    const world = new World();
    world.idle.heard();
    expect(world.begun).toBe(1);
  });

  it('loads a change into an index at rest without any timer', async () => {
    const { timing } = new World();
    const source = new ScriptedSource();
    source.put(named(0, 'pad'));
    const store = new IndexedStore(
      'main',
      {
        source,
        timing,
        merger: new StepwiseMerger(timing),
        follow: async () => undefined,
        sequence: () => 0,
        reportFailure: () => undefined,
        signal: new AbortController().signal,
        waitMs: 60_000,
        failurePauseMs: 500,
      },
      new IndexRoom(Infinity, () => []),
    );
    await store.loaded();
    await store.settled();
    const idle = new IdleCatchUp(timing, () => {
      if (store.isUpToDate) return false;
      store.catchUp();
      return true;
    });
    source.put(named(1, 'disc'));
    store.mark([idAt(1)]);
    idle.heard();
    for (let turn = 0; turn < 20 && !store.isUpToDate; turn += 1) await settled();
    expect(store.state).toMatchObject({ products: 2, marked: 0 });
    expect(source.asked).toEqual([[idAt(1)]]);
  });

  it('takes together what comes soon after', async () => {
    const world = new World();
    for (let change = 0; change < 1_000; change += 1) {
      world.idle.heard();
      await world.scheduler.advance(1);
    }
    expect(world.begun).toBe(1_000 / IDLE_CATCH_UP_MS + 1);
  });

  it('goes on until nothing is marked, and begins at once again after a rest', async () => {
    const world = new World();
    world.idle.heard();
    await world.scheduler.advance(3 * IDLE_CATCH_UP_MS);
    expect(world.begun).toBe(4);
    world.isMarked = false;
    await world.scheduler.advance(2 * IDLE_CATCH_UP_MS);
    world.isMarked = true;
    world.idle.heard();
    expect(world.begun).toBe(5);
  });

  it('begins nothing when it has been stopped', async () => {
    const world = new World();
    world.idle.heard();
    world.idle.stop();
    world.idle.heard();
    await world.scheduler.advance(10 * IDLE_CATCH_UP_MS);
    expect(world.begun).toBe(1);
  });
});
