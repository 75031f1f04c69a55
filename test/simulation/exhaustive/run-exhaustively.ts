import { allMutants } from '../mutants/all-mutants.js';
import type { Mutant } from '../mutants/mutant.js';
import { ExhaustiveReport, replayCommand } from './exhaustive-report.js';
import { exploreScenario } from './explore-scenario.js';
import { scenarioNamed, scenarios } from './scenarios/scenarios.js';
import type { Scenario } from './scenarios/scenario.js';
import { walkPath } from './walk-path.js';
import { withMutant } from './with-mutant.js';

export interface ExhaustiveOptions {
  /** Default: all. */
  readonly scenarios?: readonly string[] | undefined;
  /** A path of one scenario, as a finding prints it. */
  readonly replay?: string | undefined;
  /** Explores with a rule of the protocol broken. */
  readonly mutant?: string | undefined;
}

type Print = (text: string) => void;

/** Explores scenarios, or walks one path, and prints what there is to see. Resolves with true when all is well. */
export async function runExhaustively(options: ExhaustiveOptions, print: Print): Promise<boolean> {
  const chosen = options.scenarios?.map(scenarioNamed) ?? scenarios;
  const mutant = options.mutant === undefined ? undefined : mutantNamed(options.mutant);
  const work = (): Promise<boolean> => {
    const { replay } = options;
    if (replay === undefined) return exploreAll(chosen, mutant, print);
    const [scenario] = chosen;
    if (scenario === undefined || chosen.length > 1)
      throw new RangeError('a path of which scenario?');
    return showPath(scenario, replay.split('.').map(Number), mutant, print);
  };
  return mutant === undefined ? work() : withMutant(mutant, work);
}

async function exploreAll(
  chosen: readonly Scenario[],
  mutant: Mutant | undefined,
  print: Print,
): Promise<boolean> {
  const report = new ExhaustiveReport();
  for (const scenario of chosen) {
    const startedAt = performance.now();
    const exploration = await exploreScenario(scenario, { settings: mutant?.settings });
    print(report.add(scenario, exploration, (performance.now() - startedAt) / 1_000));
    const { finding } = exploration;
    if (finding === undefined) continue;
    const { rule, detail } = finding.violation;
    print(`  ${rule}: ${detail}`);
    print(`  ${replayCommand(scenario.name, finding, mutant?.name)} shows`);
    await showPath(scenario, finding.path, mutant, print);
  }
  print(report.sum());
  return !report.hasFailures;
}

async function showPath(
  scenario: Scenario,
  path: readonly number[],
  mutant: Mutant | undefined,
  print: Print,
): Promise<boolean> {
  const walk = await walkPath(scenario, path, { settings: mutant?.settings });
  for (const line of walk.lines) print(line);
  const end = walk.isComplete ? 'complete' : 'not complete';
  print(`${scenario.name}: ${path.length} events, ${end}, ${walk.violations.length} violations`);
  return walk.violations.length === 0;
}

function mutantNamed(name: string): Mutant {
  const mutant = allMutants.find((each) => each.name === name);
  if (mutant === undefined) throw new RangeError(`no mutant "${name}"`);
  return mutant;
}
