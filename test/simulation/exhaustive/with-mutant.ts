import type { Mutant } from '../mutants/mutant.js';

/** Runs `work` while the mutant is in the place of production code, which is whole again afterwards. */
export async function withMutant<Result>(
  mutant: Mutant,
  work: () => Promise<Result>,
): Promise<Result> {
  const undo = mutant.install?.() ?? [];
  try {
    return await work();
  } finally {
    for (const restore of undo) restore();
  }
}
