import type { Exploration, Finding } from './explorer.js';
import type { FleetEventKind } from './fleet/fleet-event.js';
import type { Scenario } from './scenarios/scenario.js';

/** What explorations have come to, for people; and a sum over all of them. */
export class ExhaustiveReport {
  private readonly kinds = new Set<FleetEventKind>();
  private scenarios = 0;
  private failures = 0;
  private interleavings = 0n;
  private states = 0;
  private seconds = 0;

  get hasFailures(): boolean {
    return this.failures > 0;
  }

  /** One line. */
  add({ name, atLeast }: Scenario, exploration: Exploration, seconds: number): string {
    const { interleavings, states, transitions, performed, finding } = exploration;
    this.scenarios += 1;
    this.interleavings += interleavings;
    this.states += states;
    this.seconds += seconds;
    for (const kind of exploration.kinds) this.kinds.add(kind);
    const isTooSmall = finding === undefined && interleavings < atLeast;
    if (isTooSmall || finding !== undefined) this.failures += 1;
    const numbers = [
      `${interleavings.toLocaleString('en')} interleavings`,
      `${states.toLocaleString('en')} states`,
      `${transitions.toLocaleString('en')} transitions`,
      `${performed.toLocaleString('en')} events run`,
      `${seconds.toFixed(1)} s`,
    ];
    const verdict = isTooSmall ? `  TOO FEW, ${atLeast.toLocaleString('en')} expected` : '';
    return `${name.padEnd(38)} ${numbers.join(', ')}${verdict}`;
  }

  sum(): string {
    const interleavings = `${this.interleavings.toLocaleString('en')} interleavings`;
    const states = `${this.states.toLocaleString('en')} states`;
    const counts = `${this.scenarios} scenarios: ${this.failures} failed`;
    return [
      `${counts}, ${interleavings}, ${states}, ${this.seconds.toFixed(1)} s`,
      `events: ${[...this.kinds].sort().join(', ')}`,
    ].join('\n');
  }
}

/** How to see a finding again. */
export function replayCommand(name: string, { path }: Finding, mutant?: string): string {
  const option = mutant === undefined ? '' : ` --mutant '${mutant}'`;
  return `npm run sim -- --scenario '${name}'${option} --replay ${path.join('.')}`;
}
