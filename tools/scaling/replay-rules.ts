import {
  decide,
  MetricHistory,
  NO_MEMORY,
  rolesOf,
  type Decision,
  type MetricSample,
  type RoleNow,
  type ScaledRole,
  type ScalingMemory,
  type ScalingRules,
} from '#libs/scaling';

/**
 * What rules would have decided over measurements, once per interval from the first to the last. What they want
 * is taken to be there at once, unless `readyReplicas` was measured; a role begins with what was measured, or
 * with the least that its constraints allow.
 */
export function* replayRules(
  rules: ScalingRules,
  samples: readonly MetricSample[],
  intervalMs: number,
): Generator<Decision> {
  const history = new MetricHistory();
  const current = new Map<ScaledRole, number>();
  const settings = new Map<string, boolean>();
  let memory: ScalingMemory = NO_MEMORY;
  let next = 0;
  const last = samples.at(-1)?.at ?? 0;
  const longestMs = Math.max(0, ...[...rules.operands.values()].map(({ windowMs }) => windowMs));
  for (let now = samples[0]?.at ?? last + 1; now <= last; now += intervalMs) {
    for (let sample = samples[next]; sample !== undefined && sample.at <= now;) {
      history.add(sample);
      next += 1;
      sample = samples[next];
    }
    history.forget(now - 4 * longestMs - intervalMs);
    const roles = new Map<ScaledRole, RoleNow>(
      rolesOf(rules).map((role) => {
        const measured = history.newest(role, 'readyReplicas', now)?.value;
        const wanted = current.get(role) ?? measured ?? 1;
        const ready = measured ?? wanted;
        return [role, { current: wanted, alive: Math.max(wanted, ready), ready }];
      }),
    );
    const decision = decide(rules, { now, history, roles, settings, memory });
    memory = decision.memory;
    for (const { role, desired } of decision.roles) current.set(role, desired);
    for (const { setting, isOn } of decision.settings) settings.set(setting, isOn);
    yield decision;
  }
}
