import type { Expression } from './expression.js';
import type { Timetable } from './timetable.js';

/** The roles whose number of replicas is decided. */
export const SCALED_ROLES = ['commerce', 'authoring'] as const;
export type ScaledRole = (typeof SCALED_ROLES)[number];

/** What is measured of every role. Any other metric is a custom one, named `custom:<name>`. */
export const MEASURED_METRICS = {
  cpu: 'Per cent of one core, average of the replicas',
  eventLoopDelay: 'Milliseconds, 99th percentile, of the replica where it is longest',
  requestsPerSecond: 'Of all replicas together',
  p99: 'Milliseconds, of the replica where it is longest',
  jobQueueLength: 'Jobs that are due and not finished, of the whole fleet',
  jobQueueAge: 'Seconds that the oldest due job has waited, of the whole fleet',
  cacheMissRatio: 'Misses by reads, 0 to 1, of all replicas together',
  readyReplicas: 'Replicas that may take traffic',
} as const;

export const CUSTOM_METRIC = /^custom:[a-z][a-z0-9-]{0,59}$/;

export const AGGREGATES = ['average', 'min', 'max', 'last', 'count', 'growth'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

export const SCALING_MODES = ['off', 'advise', 'act'] as const;
export type ScalingMode = (typeof SCALING_MODES)[number];

/** A number that conditions name: a metric of a role, aggregated over the window that ends now. */
export interface Operand {
  readonly name: string;
  readonly role: ScaledRole;
  readonly metric: string;
  readonly aggregate: Aggregate;
  readonly windowMs: number;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Bounds what reactive rules may do, while its timetable and its condition hold. */
export interface ConstraintRule {
  readonly name: string;
  readonly isEnabled: boolean;
  readonly rank: number;
  readonly timetable: Timetable | undefined;
  readonly condition: Expression | undefined;
  readonly ranges: ReadonlyMap<ScaledRole, Range>;
}

export interface ScaleAction {
  /** What each role's number changes by: replicas, or per cent of what it has. */
  readonly steps: ReadonlyMap<ScaledRole, number>;
  readonly unit: 'replicas' | 'percent';
}

/** Says what to do while its condition holds. */
export interface ReactiveRule {
  readonly name: string;
  readonly isEnabled: boolean;
  readonly rank: number;
  readonly condition: Expression;
  readonly scale: readonly ScaleAction[];
  readonly settings: ReadonlyMap<string, boolean>;
  readonly notify: { readonly message: string; readonly everyMs: number } | undefined;
}

export interface ScalingRules {
  readonly mode: ScalingMode;
  readonly coolDown: { readonly upMs: number; readonly downMs: number };
  /** Minutes of the hour, by the clock of a time zone, in which reactive rules may scale. */
  readonly hour: {
    readonly upInFirst: number | undefined;
    readonly downInLast: number | undefined;
    readonly timeZone: string;
  };
  readonly operands: ReadonlyMap<string, Operand>;
  readonly constraints: readonly ConstraintRule[];
  readonly reactive: readonly ReactiveRule[];
}

/** The roles that the rules decide about: those that a default constraint names. */
export function rolesOf(rules: ScalingRules): ScaledRole[] {
  return SCALED_ROLES.filter((role) =>
    rules.constraints.some((constraint) => isDefault(constraint) && constraint.ranges.has(role)),
  );
}

/** A default constraint always holds. */
export function isDefault({ isEnabled, timetable, condition }: ConstraintRule): boolean {
  return isEnabled && timetable === undefined && condition === undefined;
}
