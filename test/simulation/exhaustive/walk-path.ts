import type { Violation } from '../checker/violation.js';
import { prepareFleet, type ExploreOptions } from './explore-scenario.js';
import type { Path } from './explorer.js';
import { describeEvent } from './fleet/describe-event.js';
import type { Scenario } from './scenarios/scenario.js';

export interface Walk {
  /** What happened, and what the replicas did, one line each. */
  readonly lines: readonly string[];
  readonly violations: readonly Violation[];
  readonly isComplete: boolean;
}

/**
 * One interleaving, from the start, on processes that have seen nothing else: what was learned on other
 * paths plays no part in it. At its end it is verified like any other.
 */
export async function walkPath(
  scenario: Scenario,
  path: Path,
  options?: ExploreOptions,
): Promise<Walk> {
  const fleet = await prepareFleet(scenario, { ...options, isMerging: false });
  const lines: string[] = [];
  const violations: Violation[] = [];
  const note = (found: readonly Violation[]): void => {
    violations.push(...found);
    for (const { rule, detail } of found) lines.push(`        VIOLATION ${rule}: ${detail}`);
  };
  let state = fleet.initial;
  for (const [index, choice] of path.entries()) {
    const event = fleet.enabled(state)[choice];
    if (event === undefined) throw new RangeError(`choice ${index + 1} of the path does not exist`);
    lines.push(`${String(index + 1).padStart(4)}  ${describeEvent(scenario, state, event)}`);
    const step = await fleet.next(state, event);
    lines.push(...step.lines.map((line) => `        ${line}`));
    note(step.violations);
    state = step.to;
  }
  const isComplete = fleet.enabled(state).length === 0;
  if (isComplete) note(await fleet.end(state));
  return { lines, violations, isComplete };
}
