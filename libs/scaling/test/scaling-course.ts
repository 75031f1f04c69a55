import {
  decide,
  MetricHistory,
  NO_MEMORY,
  type Decision,
  type ScaledRole,
  type ScalingMemory,
  type ScalingRules,
} from '../src/index.js';

const MINUTE_MS = 60_000;

/** Decides once a minute for one role whose replicas are there as soon as they are wanted. */
export class ScalingCourse {
  readonly history = new MetricHistory();
  readonly settings = new Map<string, boolean>();
  current: number;
  private memory: ScalingMemory = NO_MEMORY;

  constructor(
    private readonly rules: ScalingRules,
    public now: number,
    options: { readonly role?: ScaledRole; readonly current: number },
  ) {
    this.role = options.role ?? 'commerce';
    this.current = options.current;
  }

  private readonly role: ScaledRole;

  /** Measures `values` once a minute for so many minutes; answers the wanted numbers. */
  run(minutes: number, values: Readonly<Record<string, number>>): number[] {
    const wanted: number[] = [];
    for (let minute = 0; minute < minutes; minute += 1) {
      this.step(values);
      wanted.push(this.current);
    }
    return wanted;
  }

  step(values: Readonly<Record<string, number>>, ready = this.current): Decision {
    this.now += MINUTE_MS;
    for (const [metric, value] of Object.entries(values)) {
      this.history.add({ at: this.now, role: this.role, metric, value });
    }
    const decision = decide(this.rules, {
      now: this.now,
      history: this.history,
      roles: new Map([[this.role, { current: this.current, alive: this.current, ready }]]),
      settings: this.settings,
      memory: this.memory,
    });
    this.memory = decision.memory;
    for (const { setting, isOn } of decision.settings) this.settings.set(setting, isOn);
    this.current = decision.roles[0]?.desired ?? this.current;
    return decision;
  }
}
