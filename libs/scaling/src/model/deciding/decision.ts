import type { ScaledRole } from '../rules/scaling-rules.js';
import type { MetricHistory } from './metric-history.js';
import type { OperandReading } from './read-operand.js';

/** What a decision is made from, beside the rules. Nothing else enters it. */
export interface DecisionInput {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly history: MetricHistory;
  readonly roles: ReadonlyMap<ScaledRole, RoleNow>;
  /** Whether each setting is on. */
  readonly settings: ReadonlyMap<string, boolean>;
  readonly memory: ScalingMemory;
}

export interface RoleNow {
  /** What steps count from: the number that was wanted last, or that there is. */
  readonly current: number;
  /** Replicas that there are, ready or not. */
  readonly alive: number;
  readonly ready: number;
}

/** What one decision hands on to the next. */
export interface ScalingMemory {
  /** When each role was last scaled. */
  readonly scaledAt: Readonly<Partial<Record<ScaledRole, number>>>;
  /** When each rule last notified. */
  readonly notifiedAt: Readonly<Record<string, number>>;
}

export const NO_MEMORY: ScalingMemory = { scaledAt: {}, notifiedAt: {} };

export type RuleOutcome =
  | 'matched'
  | 'not-matched'
  /** A measurement that it needs is missing or too old. */
  | 'frozen'
  | 'disabled'
  /** A constraint outside of its timetable. */
  | 'inactive';

export interface RuleReport {
  readonly rule: string;
  readonly kind: 'constraint' | 'reactive';
  readonly rank: number;
  readonly outcome: RuleOutcome;
  readonly why: string;
}

export interface RoleDecision {
  readonly role: ScaledRole;
  readonly current: number;
  readonly ready: number;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  /** The constraint that bounds it. */
  readonly boundBy: string;
  /** What led there, in order, and what was dropped and why. */
  readonly because: readonly string[];
}

export interface SettingChange {
  readonly setting: string;
  readonly isOn: boolean;
  readonly rule: string;
}

export interface Decision {
  readonly at: number;
  readonly operands: readonly OperandReading[];
  readonly rules: readonly RuleReport[];
  readonly roles: readonly RoleDecision[];
  readonly settings: readonly SettingChange[];
  readonly notifications: readonly { readonly rule: string; readonly message: string }[];
  /** Settings and notifications that were asked for and not made. */
  readonly dropped: readonly {
    readonly rule: string;
    readonly what: string;
    readonly why: string;
  }[];
  readonly memory: ScalingMemory;
}
