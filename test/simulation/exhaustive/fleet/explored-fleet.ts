import type { Violation } from '../../checker/violation.js';
import type { Settings } from '../../world/settings.js';
import { ProcessBehaviour, type ProcessStep } from '../process/process-behaviour.js';
import type { Scenario } from '../scenarios/scenario.js';
import { brokenBy } from './answer-rules.js';
import { enabledEvents } from './enabled-events.js';
import { EventEffects, type Effect } from './event-effects.js';
import { verifyEnd } from './verify-end.js';
import type { FleetEvent } from './fleet-event.js';
import { changed, replaced, type FleetState, type PerReplica } from './fleet-state.js';
import { SqlContents } from './sql-content.js';

export interface FleetOptions {
  readonly settings: Settings;
  /** The lease that was promised, whatever the settings make of it. */
  readonly leaseMs: number;
  readonly isMerging: boolean;
}

/** From one state of the fleet to the next. */
export interface FleetStep {
  readonly to: FleetState;
  readonly violations: readonly Violation[];
  /** What processes did. */
  readonly lines: readonly string[];
}

const NOTHING: readonly never[] = [];

/** Two replicas, a database, a Redis and the clients of a scenario, as a function from state and event to state. */
export class ExploredFleet {
  private readonly ends = new Map<string, readonly Violation[]>();

  private constructor(
    readonly scenario: Scenario,
    readonly initial: FleetState,
    private readonly sql: SqlContents,
    private readonly effects: EventEffects,
    private readonly behaviours: PerReplica<ProcessBehaviour>,
    private readonly options: FleetOptions,
  ) {}

  static async prepare(scenario: Scenario, options: FleetOptions): Promise<ExploredFleet> {
    const { settings, isMerging, leaseMs } = options;
    const a = await ProcessBehaviour.learn('A', settings, isMerging);
    const b = await ProcessBehaviour.learn('B', settings, isMerging);
    const sql = new SqlContents(scenario.writes);
    const effects = new EventEffects(scenario, sql, leaseMs);
    return new ExploredFleet(
      scenario,
      { ...effects.initial(), processes: [a.initial, b.initial] },
      sql,
      effects,
      [a.behaviour, b.behaviour],
      options,
    );
  }

  /** Inputs that production code worked off. */
  get performed(): number {
    return this.behaviours[0].performed + this.behaviours[1].performed;
  }

  enabled(state: FleetState): readonly FleetEvent[] {
    return enabledEvents(this.scenario, this.sql, state);
  }

  /** A promise only when a process has to show what it does. */
  next(state: FleetState, event: FleetEvent): FleetStep | Promise<FleetStep> {
    const effect = this.effects.of(state, event);
    const [first, second] = effect.inputs;
    if (first === undefined) {
      return {
        to: changed(state, effect.change, state.processes),
        violations: NOTHING,
        lines: NOTHING,
      };
    }
    if (second !== undefined) return this.inform(state, effect);
    const { at, key, input } = first;
    const known = this.behaviours[at].find(state.processes[at], key);
    if (known !== undefined) return this.arrive(state, effect, known);
    return this.behaviours[at]
      .perform(state.processes[at], key, input)
      .then((step) => this.arrive(state, effect, step));
  }

  /** What is wrong at the end of an interleaving; known already when the same end was seen before. */
  async end(state: FleetState): Promise<readonly Violation[]> {
    const violations: Violation[] = [];
    for (const at of [0, 1] as const) {
      const process = state.processes[at];
      const key = `${at} ${process.id} ${state.sql.id}`;
      let found = this.ends.get(key);
      if (found === undefined) {
        const taken = await this.behaviours[at].take(process);
        found = await verifyEnd(taken, this.sql, state.sql, this.options.settings);
        this.ends.set(key, found);
      }
      violations.push(...found);
    }
    return violations;
  }

  private async inform(state: FleetState, effect: Effect): Promise<FleetStep> {
    let step: FleetStep = { to: state, violations: NOTHING, lines: NOTHING };
    for (const { at, key, input } of effect.inputs) {
      const process = step.to.processes[at];
      const found =
        this.behaviours[at].find(process, key) ??
        (await this.behaviours[at].perform(process, key, input));
      const { to, violations, lines } = this.arrive(
        step.to,
        { ...effect, inputs: [{ at, key, input }] },
        found,
      );
      step = {
        to,
        violations: [...step.violations, ...violations],
        lines: [...step.lines, ...lines],
      };
    }
    return step;
  }

  private arrive(state: FleetState, { change, inputs }: Effect, step: ProcessStep): FleetStep {
    const at = inputs[0]?.at ?? 0;
    const to = changed(state, change, replaced(state.processes, at, step.to));
    const { answers, lines } = step;
    if (answers.length === 0) return { to, violations: step.violations, lines };
    const { leaseMs } = this.options;
    const broken = answers.flatMap((answer) => brokenBy(answer, to.sql, leaseMs));
    return { to, violations: [...step.violations, ...broken], lines };
  }
}
