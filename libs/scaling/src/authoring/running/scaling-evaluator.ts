import { Injectable } from '@nestjs/common';
import { PrimaryReader } from '#libs/database';
import { decide } from '../../model/deciding/decide.js';
import type { Decision } from '../../model/deciding/decision.js';
import { MetricHistory, type MetricSample } from '../../model/deciding/metric-history.js';
import type { ScaledRole, ScalingRules } from '../../model/rules/scaling-rules.js';
import { RuntimeSettingsLookup } from '../../model/settings/runtime-settings-lookup.js';
import { FleetMeasurements } from './fleet-measurements.js';
import type { ScalingOutcome } from './scaling-lease.repository.js';
import { ScalingSampleRepository, type SampleSeries } from './scaling-sample.repository.js';

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
    const [measured, earlier, settings] = await Promise.all([
      this.fleet.take(now),
      this.samples.read(seriesOf(rules, now)),
      this.settings.get(this.reader),
    ]);
    const decision = decide(rules, {
      now,
      history: new MetricHistory([...earlier, ...measured.samples]),
      roles: new Map(
        [...measured.roles].flatMap(([role, there]) => {
          const current = currentOf(rules, last, role) ?? there.alive;
          // None that is alive could not be counted: one that is decided about has some.
          return current === 0 ? [] : [[role, { ...there, current }]];
        }),
      ),
      settings: new Map(Object.entries(settings)),
      memory: last.memory,
    });
    return { decision, samples: measured.samples };
  }
}

/** What operands may read: a window may end two windows ago, and is one long. */
function seriesOf({ operands }: ScalingRules, now: number): SampleSeries[] {
  return [...operands.values()].map(({ role, metric, windowMs }) => ({
    role,
    metric,
    from: now - 3 * windowMs,
  }));
}

/**
 * While rules act, steps count from the number that was wanted last: replicas that are still starting are on
 * their way. Otherwise nothing makes it true, and steps count from what there is.
 */
function currentOf(
  { mode }: ScalingRules,
  last: ScalingOutcome,
  role: ScaledRole,
): number | undefined {
  return mode === 'act' && last.mode === 'act' ? last.desired[role] : undefined;
}
