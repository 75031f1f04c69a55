import { describe, expect, it } from '@jest/globals';
import { idAt, named } from '../../../test/indexed-products.js';
import { ScriptedSource } from '../../../test/scripted-source.js';
import { buildingInSteps, type BeginBuilding } from '../building/index-building.js';
import { systemTiming } from './index-timing.js';
import { loadStore } from './load-store.js';

function world(products: number) {
  const source = new ScriptedSource();
  for (let number = 0; number < products; number += 1) source.put(named(number, `pad ${number}`));
  const events: string[] = [];
  const stopping = new AbortController();
  const build: BeginBuilding = (languages, signal) => {
    events.push('begin');
    const building = buildingInSteps(systemTiming)(languages, signal);
    return {
      bytes: 7,
      add: async (page) => {
        events.push(`add ${page.length}`);
        await building.add(page);
      },
      finish: () => building.finish(),
      end: () => void events.push('end'),
    };
  };
  const store = { id: 'store', locales: ['en'], defaultLocale: 'en' };
  const ports = { signal: stopping.signal, timing: systemTiming, build };
  const load = (admit: (bytes: number) => void = () => undefined) =>
    loadStore(source, store, ports, admit);
  return { source, events, stopping, load };
}

describe('loading a store', () => {
  it('has an index of many products made elsewhere', async () => {
    const { events, load } = world(2_001);
    const index = await load();
    expect([index.size, index.holds(idAt(2_000))]).toEqual([2_001, true]);
    expect(events).toEqual(['begin', 'add 1000', 'add 1000', 'add 1', 'end']);
  });

  it('makes one of few products itself', async () => {
    const { events, load } = world(999);
    expect((await load()).size).toBe(999);
    expect(events).toEqual([]);
  });

  it('reads no further than there is room for what is being made', async () => {
    const { source, events, load } = world(5_000);
    const asked: number[] = [];
    const admit = (bytes: number): void => {
      asked.push(bytes);
      if (asked.length === 2) throw new Error('too large');
    };
    await expect(load(admit)).rejects.toThrow('too large');
    expect(asked).toEqual([7, 7]);
    expect(events).toEqual(['begin', 'add 1000', 'add 1000', 'end']);
    // The next page is read while one is taken in.
    expect(source.pages).toBe(3);
  });

  it('gives up what is being made when it fails, and when it is ended', async () => {
    for (const how of ['fails', 'is ended'] as const) {
      const { source, events, stopping, load } = world(1_500);
      source.beforeAnswer = () => {
        if (source.pages < 2) return;
        if (how === 'fails') throw new Error(how);
        stopping.abort(new Error(how));
      };
      await expect(load()).rejects.toThrow(how);
      expect(events).toEqual(['begin', 'add 1000', 'end']);
    }
  });
});
