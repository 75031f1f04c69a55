import { beforeEach, describe, expect, it } from '@jest/globals';
import { ReaderWorld, type RowReader } from '../../../cache/test/reader-world.js';
import type { HotKey } from './hot-key.js';
import { UseRecorder } from './use-recorder.js';

describe('the recorder of uses', () => {
  let world: ReaderWorld;
  let reader: RowReader;
  let recorder: UseRecorder;
  let saved: { keys: readonly HotKey[]; notedAt: number }[];
  let warnings: number;
  let save: (keys: readonly HotKey[], notedAt: number) => Promise<void>;

  beforeEach(() => {
    world = new ReaderWorld();
    reader = world.reader({ keyOf: (text) => text }).reader;
    saved = [];
    warnings = 0;
    save = async (keys, notedAt) => void saved.push({ keys, notedAt });
    recorder = new UseRecorder({
      cache: { upkeeps: new Map([['rows', reader.upkeep]]) },
      notes: { save: (keys, notedAt) => save(keys, notedAt) },
      clock: world.clock,
      scheduler: world.scheduler,
      random: () => world.random,
      logger: { warn: () => (warnings += 1) },
    });
  });

  it('notes once a minute what is used, and less and less of what was', async () => {
    recorder.start();
    await world.scheduler.advance(60_000);
    expect(saved).toEqual([]);
    await reader.get('a');
    await world.scheduler.advance(60_000);
    await world.scheduler.advance(60_000);
    expect(saved.map(({ keys }) => keys)).toEqual([
      [{ region: 'rows', text: 'a', uses: 1 }],
      [{ region: 'rows', text: 'a', uses: 0.9 }],
    ]);
    expect(saved[1]?.notedAt).toBe(world.clock.wallMs());
  });

  it('notes once more when it is stopped, and never again', async () => {
    recorder.start();
    await reader.get('a');
    await recorder.stop();
    expect(saved).toHaveLength(1);
    await world.scheduler.advance(600_000);
    expect(saved).toHaveLength(1);
  });

  it('keeps half of what others used, so that a short life does not lose it', async () => {
    recorder.inherit([
      { region: 'rows', text: 'a', uses: 10 },
      { region: 'of another release', text: 'b', uses: 10 },
    ]);
    await recorder.stop();
    expect(saved[0]?.keys).toEqual([{ region: 'rows', text: 'a', uses: 5 }]);
  });

  it('goes on after a failure', async () => {
    recorder.start();
    await reader.get('a');
    const works = save;
    save = () => Promise.reject(new Error('away'));
    await world.scheduler.advance(60_000);
    expect(warnings).toBe(1);
    save = works;
    await world.scheduler.advance(60_000);
    expect(saved.map(({ keys }) => keys[0]?.uses)).toEqual([1]);
  });
});
