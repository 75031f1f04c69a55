import type { Decision } from '#libs/scaling';

/** What a decision changes, a line each; nothing when it changes nothing. */
export function describeDecision(decision: Decision): string[] {
  const at = new Date(decision.at).toISOString();
  const scaled = decision.roles
    .filter(({ current, desired }) => current !== desired)
    .map(
      ({ role, current, desired, because }) =>
        `${at}  ${role} ${current} -> ${desired}  ${because.join('; ')}`,
    );
  return [
    ...scaled,
    ...decision.settings.map(
      ({ setting, isOn, rule }) => `${at}  ${setting} ${isOn ? 'on' : 'off'}  ${rule}`,
    ),
    ...decision.notifications.map(({ rule, message }) => `${at}  notify  ${rule}: ${message}`),
  ];
}

/** Lines for rules that froze or thawed since the decision before. */
export function describeFrozen(before: Decision | undefined, decision: Decision): string[] {
  const at = new Date(decision.at).toISOString();
  const wasFrozen = new Set(frozenIn(before).map(({ rule }) => rule));
  const isFrozen = frozenIn(decision);
  const still = new Set(isFrozen.map(({ rule }) => rule));
  return [
    ...isFrozen
      .filter(({ rule }) => !wasFrozen.has(rule))
      .map(({ rule, why }) => `${at}  ${rule} is frozen: ${why}`),
    ...[...wasFrozen].filter((rule) => !still.has(rule)).map((rule) => `${at}  ${rule} goes on`),
  ];
}

function frozenIn(decision: Decision | undefined): Decision['rules'] {
  return (decision?.rules ?? []).filter(({ outcome }) => outcome === 'frozen');
}
