import type { Profile } from '../chaos/profile.js';
import type { Violation } from '../checker/violation.js';
import { simulate } from '../simulate.js';
import type { Mutant } from './mutant.js';

export interface Catch {
  /** The first seed tried that catches it; undefined when none did. */
  readonly seed: number | undefined;
  readonly violation: Violation | undefined;
}

const FAULT_EVERY_MS = 2_500;

/** Runs seeds against the mutant until the checker objects. The production classes are whole again afterwards. */
export async function hunt(mutant: Mutant, maxSeeds: number): Promise<Catch> {
  const undo = mutant.install?.() ?? [];
  try {
    for (const seed of seedsFor(mutant, maxSeeds)) {
      const { violations } = await simulate({
        seed,
        adjustProfile: (profile) => provoke(profile, mutant),
        adjustSettings: (settings) => ({ ...settings, ...mutant.settings }),
      });
      if (violations[0] !== undefined) return { seed, violation: violations[0] };
    }
    return { seed: undefined, violation: undefined };
  } finally {
    for (const restore of undo) restore();
  }
}

function* seedsFor(mutant: Mutant, maxSeeds: number): Generator<number> {
  if (mutant.seed !== undefined) yield mutant.seed;
  for (let seed = 1; seed <= maxSeeds; seed += 1) yield seed;
}

function provoke(profile: Profile, { faults = [], profile: overrides }: Mutant): Profile {
  const provoked = new Map(profile.faults);
  for (const fault of faults) {
    provoked.set(fault, Math.min(FAULT_EVERY_MS, provoked.get(fault) ?? Infinity));
  }
  // Shoppers notice a lot; a rule of the cache has to be kept by those who look after it.
  return { ...profile, shopperEveryMs: undefined, ...overrides, faults: provoked };
}
