import { describe, expect, it } from '@jest/globals';
import { ReaderWorld } from '../../../test/reader-world.js';
import { UseNotes } from './use-notes.js';
import { UseTable } from './use-table.js';

/** Random numbers that are the same in every run. */
function seeded(): () => number {
  let seed = 42;
  return () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
}

describe('the notes of which keys are used', () => {
  it('count all hits by noting one in 64, also when they come in a pattern', () => {
    const notes = new UseNotes(true, seeded());
    const hits = 200_000;
    // As often as the other, and always in the same order, as of a page that reads two things.
    const pattern = ['a', 'b'];
    let left = notes.firstStep;
    let noted = 0;
    for (let hit = 0; hit < hits; hit += 1) {
      left -= 1;
      if (left > 0) continue;
      left = notes.noteHits(pattern[hit % 2] ?? '');
      noted += 1;
    }
    expect(noted / hits).toBeCloseTo(1 / 64, 2);
    const uses = new Map(notes.table?.mostUsed());
    for (const text of pattern) expect((uses.get(text) ?? 0) / hits).toBeCloseTo(0.5, 1);
  });

  it('are not kept when nobody may know', () => {
    const notes = new UseNotes(false, seeded());
    expect(notes.firstStep).toBeGreaterThan(1_000_000);
    expect(notes.noteHits('a')).toBeGreaterThan(1_000_000);
    notes.noteMiss('a');
    expect(notes.table).toBeUndefined();
  });
});

describe('a table of uses', () => {
  it('keeps what is used most when a scan of one-time keys passes', () => {
    const table = new UseTable();
    for (let index = 0; index < 10_000; index += 1) {
      table.add(`scan-${index}`, 1);
      table.add(`hot-${index % 100}`, 2);
    }
    const kept = table.mostUsed();
    expect(kept.length).toBeLessThanOrEqual(1_000);
    const first = kept.slice(0, 100).map(([text]) => text);
    expect(new Set(first)).toEqual(new Set(Array.from({ length: 100 }, (_, hot) => `hot-${hot}`)));
    expect(kept.slice(0, 100).map(([, uses]) => uses)).toEqual(Array(100).fill(200));
  });

  it('forgets what is not used any more', () => {
    const table = new UseTable();
    table.add('once', 1);
    table.add('often', 100);
    table.decay(0.5);
    expect(table.mostUsed()).toEqual([
      ['often', 50],
      ['once', 0.5],
    ]);
    table.decay(0.5);
    expect(table.mostUsed()).toEqual([['often', 25]]);
  });
});

describe('a reader', () => {
  it('notes hits and misses under the texts of their keys', async () => {
    const world = new ReaderWorld();
    world.random = 0.5; // Every 64th hit.
    const { reader, rows } = world.reader({ keyOf: (text) => text });
    rows.set('b', { v: 1 });
    await Promise.all([reader.get('a'), reader.get('b')]);
    for (let hit = 0; hit < 63; hit += 1) void reader.get('a');
    expect(reader.upkeep.uses?.mostUsed()).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    void reader.get('a');
    expect(reader.upkeep.uses?.mostUsed()).toEqual([
      ['a', 65],
      ['b', 1],
    ]);
  });

  it.each([
    ['is confidential', { keyOf: (text: string) => text, isConfidential: true }],
    ['cannot get a key back', {}],
  ])('notes nothing, and loads nothing ahead, when it %s', async (_why, policy) => {
    const world = new ReaderWorld();
    const { reader, loads } = world.reader(policy);
    await reader.get('a');
    for (let hit = 0; hit < 1_000; hit += 1) void reader.get('a');
    expect(reader.upkeep.uses).toBeUndefined();
    reader.clear();
    expect(await reader.upkeep.warm('a')).toBe(false);
    expect(loads()).toBe(1);
  });

  it.each([
    ['nothing', () => undefined],
    ['an error', () => JSON.parse('{') as string],
    ['what has another text', () => 'b'],
  ])('loads nothing for a text that leads to %s', async (_what, keyOf) => {
    const { reader, loads } = new ReaderWorld().reader({ keyOf });
    expect(await reader.upkeep.warm('a')).toBe(false);
    expect(loads()).toBe(0);
  });
});
