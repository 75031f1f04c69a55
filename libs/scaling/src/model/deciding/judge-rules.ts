import { evaluate, operandsOf, type Expression } from '../rules/expression.js';
import type { ConstraintRule, ReactiveRule, ScalingRules } from '../rules/scaling-rules.js';
import { isWithin } from '../rules/timetable.js';
import type { RuleOutcome, RuleReport } from './decision.js';
import type { OperandReading } from './read-operand.js';

export interface JudgedRules {
  readonly constraints: readonly ConstraintRule[];
  readonly reactive: readonly ReactiveRule[];
  readonly reports: readonly RuleReport[];
}

interface Verdict {
  readonly outcome: RuleOutcome;
  readonly why: string;
}

/** Which rules hold now, and why the others do not. */
export function judgeRules(
  rules: ScalingRules,
  readings: readonly OperandReading[],
  now: number,
): JudgedRules {
  const byName = new Map(readings.map((reading) => [reading.name, reading]));
  const reports: RuleReport[] = [];
  const holds = <Rule extends ConstraintRule | ReactiveRule>(
    kind: RuleReport['kind'],
    rule: Rule,
    verdict: Verdict,
  ): Rule[] => {
    reports.push({ rule: rule.name, kind, rank: rule.rank, ...verdict });
    return verdict.outcome === 'matched' ? [rule] : [];
  };
  return {
    constraints: rules.constraints.flatMap((rule) =>
      holds('constraint', rule, judgeConstraint(rule, byName, now)),
    ),
    reactive: rules.reactive.flatMap((rule) => {
      const verdict = rule.isEnabled ? judgeCondition(rule.condition, byName) : DISABLED;
      return holds('reactive', rule, verdict);
    }),
    reports,
  };
}

const DISABLED: Verdict = { outcome: 'disabled', why: 'it is disabled' };

function judgeConstraint(
  { isEnabled, timetable, condition }: ConstraintRule,
  readings: ReadonlyMap<string, OperandReading>,
  now: number,
): Verdict {
  if (!isEnabled) return DISABLED;
  if (timetable !== undefined && !isWithin(timetable, now)) {
    return { outcome: 'inactive', why: 'its timetable does not hold' };
  }
  if (condition !== undefined) return judgeCondition(condition, readings);
  return { outcome: 'matched', why: timetable === undefined ? 'always' : 'its timetable holds' };
}

function judgeCondition(
  condition: Expression,
  readings: ReadonlyMap<string, OperandReading>,
): Verdict {
  const values = new Map<string, number>();
  for (const name of new Set(operandsOf(condition))) {
    const reading = readings.get(name);
    if (reading?.value === undefined) {
      return { outcome: 'frozen', why: reading?.why ?? `${name} was not read` };
    }
    values.set(name, reading.value);
  }
  const answer = evaluate(condition, values);
  const seen = [...values].map(([name, value]) => `${name} = ${rounded(value)}`).join(', ');
  if (typeof answer !== 'boolean') {
    return { outcome: 'frozen', why: `the condition has no value (${seen})` };
  }
  return { outcome: answer ? 'matched' : 'not-matched', why: seen };
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
