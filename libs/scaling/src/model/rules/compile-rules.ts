import { parseDuration } from './duration.js';
import { operandsOf, type Expression } from './expression.js';
import { ConditionProblem, parseCondition } from './parse-condition.js';
import type { RulesDocument } from './rules-schema.js';
import {
  rolesOf,
  SCALED_ROLES,
  type ConstraintRule,
  type Operand,
  type Range,
  type ReactiveRule,
  type ScaleAction,
  type ScaledRole,
  type ScalingRules,
} from './scaling-rules.js';
import { isTimeZone } from './time-zone.js';
import { breachOfSpan, type Timetable } from './timetable.js';

type Note = (where: string, what: string) => void;
type Constraint = RulesDocument['constraints'][number];
type Reactive = RulesDocument['reactive'][number];

/** Makes rules of a document whose form is right, and notes whatever they contradict. */
export function compileRules(
  document: RulesDocument,
  isSetting: (name: string) => boolean,
  note: Note,
): ScalingRules {
  const operands = new Map(
    Object.entries(document.operands).map(([name, { window, ...operand }]): [string, Operand] => [
      name,
      { ...operand, name, windowMs: ms(window) },
    ]),
  );
  const compiler = new RuleCompiler(document, operands, isSetting, note);
  const rules: ScalingRules = {
    mode: document.mode,
    coolDown: { upMs: ms(document.coolDown.up), downMs: ms(document.coolDown.down) },
    hour: {
      upInFirst: document.hour.upInFirst,
      downInLast: document.hour.downInLast,
      timeZone: document.hour.timeZone,
    },
    operands,
    constraints: document.constraints.map((rule, index) =>
      compiler.constraint(rule, `constraints[${index}]`),
    ),
    reactive: document.reactive.map((rule, index) => compiler.reactive(rule, `reactive[${index}]`)),
  };
  if (!isTimeZone(rules.hour.timeZone)) {
    note(
      'hour.timeZone',
      `${rules.hour.timeZone} is no time zone; one is called like Europe/Berlin`,
    );
  }
  noteNames(document, note);
  noteRanks(rules.constraints, note);
  noteUnbounded(rules, document, note);
  return rules;
}

class RuleCompiler {
  constructor(
    private readonly document: RulesDocument,
    private readonly operands: ReadonlyMap<string, Operand>,
    private readonly isSetting: (name: string) => boolean,
    private readonly note: Note,
  ) {}

  constraint(rule: Constraint, where: string): ConstraintRule {
    const ranges = entriesOf<Range>(rule.ranges);
    if (ranges.length === 0) this.note(`${where}.ranges`, 'names no role');
    return {
      name: rule.name,
      isEnabled: rule.enabled,
      rank: rule.rank,
      timetable: rule.when === undefined ? undefined : this.timetable(rule.when, `${where}.when`),
      condition: rule.if === undefined ? undefined : this.condition(rule.if, `${where}.if`),
      ranges: new Map(ranges),
    };
  }

  reactive(rule: Reactive, where: string): ReactiveRule {
    const scale = rule.scale.map((action, index) =>
      this.scaleAction(action, `${where}.scale[${index}]`),
    );
    const scaled = scale.flatMap(({ steps }) => [...steps.keys()]);
    if (new Set(scaled).size < scaled.length) {
      this.note(`${where}.scale`, 'scales a role twice; one rule says one thing of a role');
    }
    for (const setting of Object.keys(rule.changeSetting)) {
      if (!this.isSetting(setting)) {
        this.note(`${where}.changeSetting`, `there is no setting ${setting}`);
      }
    }
    if (scale.length + Object.keys(rule.changeSetting).length === 0 && rule.notify === undefined) {
      this.note(where, 'does nothing: give it scale, changeSetting or notify');
    }
    return {
      name: rule.name,
      isEnabled: rule.enabled,
      rank: rule.rank,
      condition: this.condition(rule.if, `${where}.if`),
      scale,
      settings: new Map(Object.entries(rule.changeSetting)),
      notify:
        rule.notify === undefined
          ? undefined
          : { message: rule.notify.message, everyMs: ms(rule.notify.every) },
    };
  }

  private scaleAction(action: Reactive['scale'][number], where: string): ScaleAction {
    const { target, by, byPercent } = action;
    if ((by === undefined) === (byPercent === undefined)) {
      this.note(where, 'takes either by or byPercent');
    }
    const step = by ?? byPercent ?? 0;
    if (step === 0) this.note(where, 'changes nothing: a step of 0');
    const members = this.membersOf(target);
    if (members === undefined) {
      this.note(`${where}.target`, `${target} is neither a role nor one of the groups`);
    }
    const steps = (members ?? []).map(([role, ratio]) => [role, step * ratio] as const);
    return { unit: by === undefined ? 'percent' : 'replicas', steps: new Map(steps) };
  }

  private membersOf(target: string): [ScaledRole, number][] | undefined {
    const role = SCALED_ROLES.find((candidate) => candidate === target);
    if (role !== undefined) return [[role, 1]];
    const group = Object.hasOwn(this.document.groups, target)
      ? this.document.groups[target]
      : undefined;
    return group === undefined ? undefined : entriesOf<number>(group);
  }

  private timetable(when: NonNullable<Constraint['when']>, where: string): Timetable {
    const from = when.from === undefined ? undefined : Date.parse(when.from);
    const until = when.until === undefined ? undefined : Date.parse(when.until);
    if (from !== undefined && until !== undefined && from >= until) {
      this.note(where, 'ends before it begins');
    }
    const { cron, timeZone, for: lasting } = when;
    if (cron === undefined && from === undefined && until === undefined) {
      this.note(where, 'names no time: give it cron, from or until');
    }
    if (cron === undefined) {
      if (timeZone !== undefined || lasting !== undefined) {
        this.note(where, 'timeZone and for belong to cron');
      }
      return { from, until, spans: undefined };
    }
    if (timeZone === undefined) this.note(where, 'cron needs timeZone, such as Europe/Berlin');
    if (lasting === undefined) this.note(where, 'cron needs for, such as 2h');
    const breach = breachOfSpan(cron, timeZone ?? 'UTC');
    if (breach !== undefined) this.note(`${where}.cron`, breach);
    const spans = { cron, timeZone: timeZone ?? 'UTC', forMs: ms(lasting ?? '1m') };
    return { from, until, spans };
  }

  private condition(text: string, where: string): Expression {
    try {
      const expression = parseCondition(text);
      for (const name of new Set(operandsOf(expression))) {
        if (!this.operands.has(name)) this.note(where, `there is no operand ${name}`);
      }
      return expression;
    } catch (error) {
      if (!(error instanceof ConditionProblem)) throw error;
      this.note(where, error.message);
      return { kind: 'number', value: 0 };
    }
  }
}

/** Of two constraints of one rank about one role nothing would say which one bounds it. */
function noteRanks(constraints: readonly ConstraintRule[], note: Note): void {
  for (const role of SCALED_ROLES) {
    const ranks = new Map<number, string>();
    for (const { name, rank, ranges, isEnabled } of constraints) {
      if (!isEnabled || !ranges.has(role)) continue;
      const other = ranks.get(rank);
      if (other !== undefined) {
        note('constraints', `${other} and ${name} have the same rank ${rank} for ${role}`);
      }
      ranks.set(rank, name);
    }
  }
}

/** A role without a range that always holds could be scaled to anything. */
function noteUnbounded(rules: ScalingRules, document: RulesDocument, note: Note): void {
  const bounded = new Set(rolesOf(rules));
  const named = new Set<ScaledRole>([
    ...rules.constraints.flatMap(({ ranges }) => [...ranges.keys()]),
    ...rules.reactive.flatMap(({ scale }) => scale.flatMap(({ steps }) => [...steps.keys()])),
    ...Object.values(document.operands).map(({ role }) => role),
  ]);
  for (const role of named) {
    if (!bounded.has(role)) {
      note(
        'constraints',
        `${role} has no default: one that is enabled and has neither when nor if`,
      );
    }
  }
}

function noteNames({ constraints, reactive, groups }: RulesDocument, note: Note): void {
  const names = [...constraints, ...reactive].map(({ name }) => name);
  for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) {
    note('the document', `two rules are called ${name}`);
  }
  for (const [group, ratios] of Object.entries(groups)) {
    const clash = SCALED_ROLES.some((role) => role === group);
    if (clash) note(`groups.${group}`, 'is called like a role');
    if (Object.keys(ratios).length === 0) note(`groups.${group}`, 'names no role');
  }
}

function entriesOf<Value>(record: Partial<Record<ScaledRole, Value>>): [ScaledRole, Value][] {
  return Object.entries(record).filter(([, value]) => value !== undefined) as [ScaledRole, Value][];
}

function ms(text: string): number {
  return parseDuration(text) ?? 0;
}
