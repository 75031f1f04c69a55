import { Injectable } from '@nestjs/common';
import { PrimaryReader } from '#libs/database';
import { decide } from '../../model/deciding/decide.js';
import { type Decision, type RoleNow } from '../../model/deciding/decision.js';
import { MetricHistory, type MetricSample } from '../../model/deciding/metric-history.js';
import type { ScaledRole, ScalingRules } from '../../model/rules/scaling-rules.js';
import { RuntimeSettingsLookup } from '../../model/settings/runtime-settings-lookup.js';
import { FleetMeasurements } from './fleet-measurements.js';
import type { ScalingOutcome } from './scaling-lease.repository.js';
import { ScalingSampleRepository } from './scaling-sample.repository.js';

export interface Evaluation {
  readonly decision: Decision;
  /** What was measured for it, and is not written down yet. */
  readonly samples: readonly MetricSample[];
}

/** Evaluates rules on the fleet as it is now. Changes nothing. */
@Injectable()
export class ScalingEvaluator {
  constructor(
    private readonly fleet: FleetMeasurements,
    private readonly samples: ScalingSampleRepository,
    private readonly reader: PrimaryReader,
    private readonly settings: RuntimeSettingsLookup,
  ) {}

  /** `last` is what the decision before left behind. */
  async evaluate(rules: ScalingRules, last: ScalingOutcome, now: number): Promise<Evaluation> {
    const longestMs = Math.max(0, ...[...rules.operands.values()].map(({ windowMs }) => windowMs));
    const [measured, earlier, settings] = await Promise.all([
      this.fleet.take(now),
      // A window may end two windows ago, and is one long.
      this.samples.since(now - 3 * longestMs),
      this.settings.get(this.reader),
    ]);
    const decision = decide(rules, {
      now,
      history: new MetricHistory([...earlier, ...measured.samples]),
      roles: new Map(
        [...measured.roles].map(([role, there]) => [role, roleNow(rules, last, role, there)]),
      ),
      settings: new Map(Object.entries(settings)),
      memory: last.memory,
    });
    return { decision, samples: measured.samples };
  }
}

/**
 * While rules act, steps count from the number that was wanted last: replicas that are still starting are on
 * their way. Otherwise nothing makes it true, and steps count from what there is.
 */
function roleNow(
  { mode }: ScalingRules,
  last: ScalingOutcome,
  role: ScaledRole,
  there: RoleNow,
): RoleNow {
  const wanted = mode === 'act' && last.mode === 'act' ? last.desired[role] : undefined;
  return { current: wanted ?? there.current, ready: there.ready };
}
