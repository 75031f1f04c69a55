import { defaultSettings, type Settings } from '../world/settings.js';
import { Explorer, type Exploration } from './explorer.js';
import { ExploredFleet } from './fleet/explored-fleet.js';
import type { Scenario } from './scenarios/scenario.js';

/**
 * Nothing expires by itself, and the time of one lease gives up no hole: a transaction may be under way
 * for as long.
 */
const exploredSettings: Settings = {
  ...defaultSettings,
  ttlMs: 1_000_000_000,
  holeGiveUpMs: 10 * defaultSettings.leaseMs,
};

export interface ExploreOptions {
  /** Of a mutant; what was promised stays what it was. */
  readonly settings?: Partial<Settings> | undefined;
  /** Default: true; see `restingText`. */
  readonly isMerging?: boolean;
}

export function prepareFleet(
  scenario: Scenario,
  options: ExploreOptions = {},
): Promise<ExploredFleet> {
  return ExploredFleet.prepare(scenario, {
    settings: { ...exploredSettings, ...options.settings },
    leaseMs: exploredSettings.leaseMs,
    isMerging: options.isMerging ?? true,
  });
}

/** Every interleaving of a scenario, or all up to the first that breaks a promise. */
export async function exploreScenario(
  scenario: Scenario,
  options?: ExploreOptions,
): Promise<Exploration> {
  return new Explorer(await prepareFleet(scenario, options)).explore();
}
