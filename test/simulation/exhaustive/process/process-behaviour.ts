import type { Violation } from '../../checker/violation.js';
import type { Settings } from '../../world/settings.js';
import { ExploredProcess } from './explored-process.js';
import type { OpenRequest } from './open-requests.js';
import type { ProcessInput } from './process-input.js';
import type { GivenAnswer } from './process-watch.js';
import { restingText } from './resting-text.js';

/** The state of a process, known by the inputs that lead to it. */
export interface ProcessState {
  readonly id: number;
  readonly open: readonly OpenRequest[];
  /** Readers that wait for an answer. */
  readonly waiting: number;
}

/** What one input does to a process. */
export interface ProcessStep {
  readonly to: ProcessState;
  readonly answers: readonly GivenAnswer[];
  readonly violations: readonly Violation[];
  readonly lines: readonly string[];
}

interface Known extends ProcessState {
  /** A way here; undefined at the start. */
  from: { readonly state: Known; readonly input: ProcessInput } | undefined;
  readonly steps: Map<string, ProcessStep>;
}

/**
 * The behaviour of one process, learned by running it. A process is deterministic and shares nothing
 * with others, so its state is a function of its inputs; what an input does in a state is found out once,
 * by running the production code along the inputs that lead there, and looked up ever after. The
 * interleavings of a fleet are then explored over what was learned, which is the same as running them.
 */
export class ProcessBehaviour {
  /** Inputs that production code really worked off. */
  performed = 0;
  private states = 0;
  private readonly resting = new Map<string, Known>();
  private live: { readonly process: ExploredProcess; readonly state: Known } | undefined;

  private constructor(
    readonly name: string,
    private readonly settings: Settings,
    /** Takes states of rest that are alike for the same; see `restingText`. */
    private readonly isMerging: boolean,
  ) {}

  static async learn(
    name: string,
    settings: Settings,
    isMerging: boolean,
  ): Promise<{ readonly behaviour: ProcessBehaviour; readonly initial: ProcessState }> {
    const behaviour = new ProcessBehaviour(name, settings, isMerging);
    const process = await ExploredProcess.start(name, settings);
    const initial = behaviour.stateOf(process, undefined);
    behaviour.live = { process, state: initial };
    return { behaviour, initial };
  }

  /** How many states of the process were found. */
  get size(): number {
    return this.states;
  }

  /** What was learned already; `key` names the input. */
  find(state: ProcessState, key: string): ProcessStep | undefined {
    return (state as Known).steps.get(key);
  }

  async perform(state: ProcessState, key: string, input: ProcessInput): Promise<ProcessStep> {
    const from = state as Known;
    const process = await this.bring(from);
    await process.perform(input);
    this.performed += 1;
    process.checkHeld();
    const { watch } = process;
    const to = this.stateOf(process, { state: from, input });
    this.live = { process, state: to };
    const step = {
      to,
      answers: watch.answers.splice(0),
      violations: watch.violations.splice(0),
      lines: process.takeLines(),
    };
    from.steps.set(key, step);
    return step;
  }

  /** A process in that state, to do anything with: it will not be used again. */
  async take(state: ProcessState): Promise<ExploredProcess> {
    const process = await this.bring(state as Known);
    this.live = undefined;
    return process;
  }

  private async bring(state: Known): Promise<ExploredProcess> {
    if (this.live?.state === state) return this.live.process;
    const inputs: ProcessInput[] = [];
    for (let at = state; at.from !== undefined; at = at.from.state) inputs.push(at.from.input);
    const process = await ExploredProcess.start(this.name, this.settings);
    for (const input of inputs.reverse()) {
      await process.perform(input);
      this.performed += 1;
    }
    const { watch } = process;
    watch.answers = [];
    watch.violations = [];
    process.takeLines();
    return process;
  }

  private stateOf(process: ExploredProcess, from: Known['from']): Known {
    const text = this.isMerging ? restingText(process) : undefined;
    const alike = text === undefined ? undefined : this.resting.get(text);
    if (alike !== undefined) {
      if (lengthOf(from) < lengthOf(alike.from)) alike.from = from;
      return alike;
    }
    const state = {
      id: this.states,
      open: process.requests.list(),
      waiting: process.watch.waiting,
      from,
      steps: new Map<string, ProcessStep>(),
    };
    this.states += 1;
    if (text !== undefined) this.resting.set(text, state);
    return state;
  }
}

function lengthOf(from: Known['from']): number {
  let length = 0;
  for (let at = from; at !== undefined; at = at.state.from) length += 1;
  return length;
}
