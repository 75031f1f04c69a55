import {
  rolesOf,
  type ReactiveRule,
  type ScaledRole,
  type ScalingRules,
} from '../rules/scaling-rules.js';
import type {
  Decision,
  DecisionInput,
  RoleDecision,
  ScalingMemory,
  SettingChange,
} from './decision.js';
import { decideRole } from './decide-role.js';
import { judgeRules } from './judge-rules.js';
import { readOperand } from './read-operand.js';

/**
 * Decides once. The same rules and the same input always give the same decision, so that one can be replayed.
 * A role that the input does not know (its replicas could not be counted) is not decided about.
 */
export function decide(rules: ScalingRules, input: DecisionInput): Decision {
  const { now, history, memory } = input;
  const operands = [...rules.operands.values()].map((operand) =>
    readOperand(operand, history, now),
  );
  const judged = judgeRules(rules, operands, now);
  const roles = rolesOf(rules).flatMap((role): RoleDecision[] => {
    const state = input.roles.get(role);
    if (state === undefined) return [];
    const scaledAt = memory.scaledAt[role];
    return [decideRole(rules, { role, now, state, scaledAt, ...judged })];
  });
  const ranked = [...judged.reactive].sort((one, other) => other.rank - one.rank);
  const dropped: Decision['dropped'][number][] = [];
  const notifying = ranked.filter((rule) => mayNotify(rule, input));
  return {
    at: now,
    operands,
    rules: judged.reports,
    roles,
    settings: settingChanges(ranked, input, dropped),
    notifications: notifying.flatMap(({ name, notify }) =>
      notify === undefined ? [] : [{ rule: name, message: notify.message }],
    ),
    dropped,
    memory: {
      scaledAt: { ...memory.scaledAt, ...scaledNow(roles, now) },
      notifiedAt: notifiedNow(rules, memory.notifiedAt, notifying, now),
    },
  };
}

function scaledNow(
  roles: readonly RoleDecision[],
  now: number,
): Partial<Record<ScaledRole, number>> {
  return Object.fromEntries(
    roles.filter(({ current, desired }) => current !== desired).map(({ role }) => [role, now]),
  );
}

/** A setting is changed by the first rule that speaks of it: by rank, then in the order of the document. */
function settingChanges(
  ranked: readonly ReactiveRule[],
  { settings }: DecisionInput,
  dropped: Decision['dropped'][number][],
): SettingChange[] {
  const spoken = new Map<string, SettingChange>();
  for (const { name: rule, settings: wanted } of ranked) {
    for (const [setting, isOn] of wanted) {
      const first = spoken.get(setting);
      if (first === undefined) spoken.set(setting, { setting, isOn, rule });
      else if (first.isOn !== isOn) {
        const what = `${setting} ${isOn ? 'on' : 'off'}`;
        dropped.push({ rule, what, why: `${first.rule} says the opposite and comes first` });
      }
    }
  }
  return [...spoken.values()].filter(
    ({ setting, isOn }) => (settings.get(setting) ?? true) !== isOn,
  );
}

/** Rules that are gone are forgotten. */
function notifiedNow(
  { reactive }: ScalingRules,
  before: ScalingMemory['notifiedAt'],
  notifying: readonly ReactiveRule[],
  now: number,
): Record<string, number> {
  const entries = reactive.flatMap((rule) => {
    const at = notifying.includes(rule) ? now : before[rule.name];
    return at === undefined ? [] : [[rule.name, at] as const];
  });
  return Object.fromEntries(entries);
}

function mayNotify({ name, notify }: ReactiveRule, { now, memory }: DecisionInput): boolean {
  if (notify === undefined) return false;
  const last = memory.notifiedAt[name];
  return last === undefined || last > now || now - last >= notify.everyMs;
}
