import { it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '#libs/kernel';
import { InMemorySharedStore, ManualClock } from '#libs/testing';
import { sharedSteps, SharedStoreModel } from '../../test/shared-store.model.js';

it('the store in memory does what the model of a shared store says', async () => {
  await fc.assert(
    fc.asyncProperty(sharedSteps, async (steps) => {
      const store = new InMemorySharedStore(new ManualClock());
      const model = new SharedStoreModel(store, () => Promise.resolve(store.empty()), newId());
      for (const step of steps) await model.play(step);
    }),
    { numRuns: 100 },
  );
});
