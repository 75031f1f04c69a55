import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { searchErrors } from '../src/model/search.errors.js';
import { listed, loadContext, search, STORE, type FedWorld } from './engine-world.js';
import { idAt, indexed, selectionOf } from './indexed-products.js';

const PATIENCE_MS = 50;

/** How every engine keeps up with its feed; `open` makes one whose searches wait at most so long. */
export function describeSearchFollowing(
  name: string,
  open: (patienceMs?: number) => FedWorld,
): void {
  describe(`a search engine ${name} and its feed`, () => {
    let world: FedWorld;

    afterEach(() => world.close());

    /** Products that are changed together, of which each says in which generation. */
    const generation = (number: number) =>
      [0, 1, 2].map((place) => indexed(place, { brand: `generation ${number}` }));

    it('shows all of a transaction or nothing, and nothing older than what was applied', async () => {
      world = open();
      await world.commit({ put: generation(0) });
      for (let number = 1; number < 40; number += 2) {
        await world.commit({ put: generation(number) });
        const { applied } = world;
        const context = loadContext();
        const opening = world.engine.open(STORE, context);
        // Runs into what is read for it.
        await world.commit({ put: generation(number + 1) });
        const { brands } = await (await opening).facets(selectionOf());
        expect([...brands.values()]).toEqual([3]);
        expect([number, number + 1].map((each) => `generation ${each}`)).toContain(
          [...brands.keys()][0],
        );
        expect(context.sequence).toBeGreaterThanOrEqual(applied);
      }
    });

    it('does not answer from before what was applied, waits for it within bounds, and has it then', async () => {
      world = open(PATIENCE_MS);
      await world.commit({ put: generation(0) });
      await eventually('it is built', () => search(world));
      const release = world.stall();
      await world.commit({ gone: [idAt(0)] });
      await expect(listed(world)).rejects.toMatchObject({
        code: searchErrors.indexNotReady().code,
      });
      release();
      await eventually('it has caught up', async () => (await listed(world)).length === 2);
    });

    it('is never empty while it is built anew, and has what was committed meanwhile', async () => {
      world = open();
      await world.commit({ put: generation(0) });
      expect(await listed(world)).toHaveLength(3);
      const asked = await search(world);
      world.rebuild();
      // What was opened before is answered as it was.
      expect((await asked.facets(selectionOf())).total).toBe(3);
      const during = listed(world);
      await world.commit({ put: [indexed(3)] });
      expect((await during).length).toBeGreaterThanOrEqual(3);
      expect(await listed(world)).toHaveLength(4);
    });

    it('stops waiting for a load that has ended', async () => {
      world = open();
      await world.commit({ put: generation(0) });
      const release = world.stall();
      const given = new AbortController();
      given.abort(new Error('nobody waits for it'));
      const opened = world.engine.open(STORE, loadContext(given.signal));
      await expect(opened.finally(release)).rejects.toThrow('nobody waits for it');
    });
  });
}
