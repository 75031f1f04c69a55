import type {
  ConstraintRule,
  Range,
  ReactiveRule,
  ScaledRole,
  ScalingRules,
} from '../rules/scaling-rules.js';
import { minuteOfHour } from '../rules/time-zone.js';
import type { RoleDecision, RoleNow } from './decision.js';

export interface RoleQuestion {
  readonly role: ScaledRole;
  readonly now: number;
  readonly state: RoleNow;
  /** When the role was last scaled. */
  readonly scaledAt: number | undefined;
  /** Those that hold. */
  readonly constraints: readonly ConstraintRule[];
  readonly reactive: readonly ReactiveRule[];
}

interface Proposal {
  readonly rule: string;
  readonly rank: number;
  readonly step: number;
}

const MINUTES_OF_HOUR = 60;

/**
 * How many replicas a role should have. Of the reactive rules the highest rank is heard; within it the largest
 * increase, or the smallest decrease when none increases. Cool-down and hour hold back what a reactive rule
 * wants. The constraint of the highest rank bounds the outcome, at once. Last, no decrease may be so large
 * that it could take away every replica that is ready.
 */
export function decideRole(
  rules: Pick<ScalingRules, 'coolDown' | 'hour'>,
  question: RoleQuestion,
): RoleDecision {
  const { role, state } = question;
  const { current, ready } = state;
  const because: string[] = [];
  const { rule: boundBy, range } = rangeOf(question, because);
  const chosen = chooseProposal(proposalsOf(question), because);
  const step = chosen === undefined ? 0 : heldBack(rules, question, chosen, because);
  const bounded = Math.min(range.max, Math.max(range.min, current + step));
  if (bounded !== current + step) {
    because.push(
      `${boundBy} bounds ${current + step} to ${bounded} (${range.min} to ${range.max})`,
    );
  }
  const desired = withReadyLeft(bounded, state, because);
  return { role, current, ready, desired, min: range.min, max: range.max, boundBy, because };
}

function rangeOf(
  { role, constraints }: RoleQuestion,
  because: string[],
): { readonly rule: string; readonly range: Range } {
  const holding = constraints
    .flatMap(({ name, rank, ranges }) => {
      const range = ranges.get(role);
      return range === undefined ? [] : [{ rule: name, rank, range }];
    })
    .sort((one, other) => other.rank - one.rank);
  const [first, ...others] = holding;
  // Every role that is decided about has a default constraint, which always holds.
  if (first === undefined) throw new RangeError(`no constraint bounds ${role}`);
  for (const { rule } of others) because.push(`${rule} is outranked by ${first.rule}`);
  return first;
}

function proposalsOf({ role, state, reactive }: RoleQuestion): Proposal[] {
  return reactive.flatMap(({ name, rank, scale }) =>
    scale.flatMap(({ steps, unit }) => {
      const amount = steps.get(role);
      if (amount === undefined) return [];
      const exact = unit === 'percent' ? (state.current * amount) / 100 : amount;
      return [{ rule: name, rank, step: wholeStep(exact) }];
    }),
  );
}

/** An increase is rounded up, a decrease down; neither to nothing. */
function wholeStep(exact: number): number {
  if (exact > 0) return Math.ceil(exact - 1e-9);
  return -Math.max(1, Math.floor(-exact + 1e-9));
}

function chooseProposal(proposals: readonly Proposal[], because: string[]): Proposal | undefined {
  const [chosen, ...others] = [...proposals].sort(
    // The greatest step is the largest increase, and the smallest decrease where none increases.
    (one, other) => other.rank - one.rank || other.step - one.step || byName(one, other),
  );
  if (chosen === undefined) return undefined;
  because.push(`${chosen.rule} asks for ${signed(chosen.step)}`);
  for (const { rule, rank, step } of others) {
    const why =
      rank < chosen.rank
        ? `is outranked by ${chosen.rule}`
        : step === chosen.step
          ? `asks for the same as ${chosen.rule}`
          : chosen.step > 0
            ? 'is not the largest increase'
            : 'is not the smallest decrease';
    because.push(`${rule} (${signed(step)}) is dropped: it ${why}`);
  }
  return chosen;
}

function heldBack(
  { coolDown, hour }: Pick<ScalingRules, 'coolDown' | 'hour'>,
  { now, scaledAt }: RoleQuestion,
  { rule, step }: Proposal,
  because: string[],
): number {
  const isUp = step > 0;
  const waitMs = isUp ? coolDown.upMs : coolDown.downMs;
  // Of the future: the clock was wrong then, or is now. Waiting for it could take for ever.
  if (scaledAt !== undefined && scaledAt <= now && now - scaledAt < waitMs) {
    const leftS = Math.ceil((waitMs - (now - scaledAt)) / 1_000);
    because.push(`${rule} is dropped: the cool-down lasts another ${leftS} s`);
    return 0;
  }
  const minute = minuteOfHour(hour.timeZone, now);
  if (isUp && hour.upInFirst !== undefined && minute >= hour.upInFirst) {
    because.push(`${rule} is dropped: increases wait for the first minutes of an hour`);
    return 0;
  }
  if (!isUp && hour.downInLast !== undefined && minute < MINUTES_OF_HOUR - hour.downInLast) {
    because.push(`${rule} is dropped: decreases wait for the last minutes of an hour`);
    return 0;
  }
  return step;
}

/**
 * Which replicas go is up to the platform: all that go may be ready ones. They are more than the decision takes
 * away where the platform has not followed the one before, and fewer replicas are wanted than there are.
 */
function withReadyLeft(bounded: number, state: RoleNow, because: string[]): number {
  const { current, alive, ready } = state;
  const most = Math.max(current, alive);
  const lowest = Math.max(1, Math.min(current, most - Math.max(0, ready - 1)));
  if (bounded >= lowest) return bounded;
  because.push(`only ${ready} of ${most} are ready: no fewer than ${lowest}`);
  return lowest;
}

function byName(one: Proposal, other: Proposal): number {
  return one.rule < other.rule ? -1 : 1;
}

function signed(step: number): string {
  return step > 0 ? `+${step}` : `${step}`;
}
