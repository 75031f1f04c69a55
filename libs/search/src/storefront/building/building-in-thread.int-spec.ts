import { describe, expect, it } from '@jest/globals';
import { pathToFileURL } from 'node:url';
import { contentsOf } from '../../../test/contents-of.js';
import { indexed, named } from '../../../test/indexed-products.js';
import { sampleProducts } from '../../../test/sample-products.js';
import type { FrozenSegment } from '../../model/index/live-segment.js';
import { languageOf } from '../../model/text/language.js';
import { systemTiming } from '../following/index-timing.js';
import { buildingBeside } from './building-beside.js';
import { BuildingInThread } from './building-in-thread.js';
import { buildingInSteps, type IndexBuilding } from './index-building.js';

const BUILT = pathToFileURL('dist/replicas/build-thread.js');
const languages = ['en', 'de'].flatMap((code) => languageOf(code) ?? []);
const PAGES = [sampleProducts(), [], [named(100, 'Lamp')], [indexed(101, { prices: {} })]];

const MESSAGES = { end: 'it ended', fail: 'it failed', hang: 'it says nothing' };

/** What threads do instead of taking products in. */
const LOSSES = { end: 'process.exit(3)', fail: "throw new Error('no room')", hang: '' } as const;

function lostThread(how: keyof typeof LOSSES): URL {
  return new URL(
    `data:text/javascript,import { parentPort } from 'node:worker_threads';
     parentPort.postMessage('working');
     parentPort.on('message', () => { ${LOSSES[how]} });`,
  );
}

async function built(building: IndexBuilding): Promise<readonly FrozenSegment[]> {
  try {
    for (const page of PAGES) await building.add(page);
    return await building.finish();
  } finally {
    building.end();
  }
}

describe('making an index on a thread', () => {
  const signal = new AbortController().signal;
  let lost = 0;

  function open(entry: URL, changes: { signal?: AbortSignal; silenceMs?: number } = {}) {
    const options = { timing: systemTiming, signal, silenceMs: 30_000, ...changes };
    const onLost = (): void => void (lost += 1);
    return new BuildingInThread(entry, languages, { onLost, ...options });
  }

  it('makes what is made between requests', async () => {
    const expected = await built(buildingInSteps(systemTiming)(languages, signal));
    const made = await built(open(BUILT));
    expect(contentsOf(made)).toEqual(contentsOf(expected));
    expect(made[0]?.segment.attributes).toEqual(expected[0]?.segment.attributes);
    expect(lost).toBe(0);
  });

  it('fails with a thread that fails, ends or hangs', async () => {
    for (const how of ['fail', 'end', 'hang'] as const) {
      const building = open(lostThread(how), { silenceMs: how === 'hang' ? 100 : 30_000 });
      await expect(built(building)).rejects.toMatchObject({
        code: 'search.index-not-ready',
        message: expect.stringMatching(MESSAGES[how]),
      });
      expect(lost).toBe(1);
      lost = 0;
      // It stays failed.
      await expect(building.add([])).rejects.toMatchObject({ code: 'search.index-not-ready' });
    }
  });

  it('tells what the thread says that it takes', async () => {
    const telling = new URL(
      `data:text/javascript,import { parentPort } from 'node:worker_threads';
       parentPort.on('message', () => { parentPort.postMessage(42); });`,
    );
    const building = open(telling);
    expect(building.bytes).toBe(0);
    // A page is known to be taken in when the next one is given.
    await building.add(PAGES[0] ?? []);
    await building.add([]);
    expect(building.bytes).toBe(42);
    building.end();
  });

  it('ends with its signal, whatever the thread is at', async () => {
    const stopping = new AbortController();
    const building = open(lostThread('hang'), { signal: stopping.signal });
    await building.add([]);
    const next = building.finish();
    stopping.abort(new Error('stopping'));
    await expect(next).rejects.toThrow('stopping');
    building.end();
    expect(lost).toBe(0);
  });

  it('goes on between requests when a thread was lost, and then tries a thread again', async () => {
    const begin = buildingBeside(lostThread('end'));
    for (let round = 0; round < 2; round += 1) {
      await expect(built(begin(languages, signal))).rejects.toThrow('the thread');
      const made = await built(begin(languages, signal));
      expect(made[0]?.alive).toHaveLength(PAGES.flat().length);
    }
  });
});
