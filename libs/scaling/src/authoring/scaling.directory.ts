import { Injectable } from '@nestjs/common';
import { DatabaseClock } from '#libs/database';
import { NO_MEMORY, type Decision } from '../model/deciding/decision.js';
import { readRules } from '../model/rules/read-rules.js';
import { SCALED_ROLES, type ScaledRole } from '../model/rules/scaling-rules.js';
import { scalingErrors } from '../model/scaling.errors.js';
import { ScalingRulesRepository, type StoredRules } from './rules/scaling-rules.repository.js';
import {
  ScalingDecisionRepository,
  type DecisionPosition,
  type RecordedDecision,
} from './running/scaling-decision.repository.js';
import { ScalingEvaluator } from './running/scaling-evaluator.js';
import { ScalingLeaseRepository } from './running/scaling-lease.repository.js';
import { ScalingSampleRepository } from './running/scaling-sample.repository.js';

/** A measurement of another application: `custom:<name>`, of a role that rules scale. */
export interface ReportedSample {
  readonly role: ScaledRole;
  readonly metric: string;
  readonly value: number;
}

/** What staff see of scaling, and try out. */
@Injectable()
export class ScalingDirectory {
  constructor(
    private readonly rules: ScalingRulesRepository,
    private readonly decisions: ScalingDecisionRepository,
    private readonly leases: ScalingLeaseRepository,
    private readonly samples: ScalingSampleRepository,
    private readonly evaluator: ScalingEvaluator,
    private readonly clock: DatabaseClock,
  ) {}

  /** Throws `scaling.rules-not-found` before the first were written, and for a version that is not there. */
  async getRules(version?: number): Promise<StoredRules> {
    const found = await (version === undefined
      ? this.rules.findCurrent()
      : this.rules.find(version));
    if (found === undefined) throw scalingErrors.rulesNotFound();
    return found;
  }

  listRules(limit: number): Promise<StoredRules[]> {
    return this.rules.list(limit);
  }

  listDecisions(
    filter: { readonly isChange: boolean | undefined },
    after: DecisionPosition | undefined,
    limit: number,
  ): Promise<RecordedDecision[]> {
    return this.decisions.list(filter, after, limit);
  }

  /** What rules would decide now. Changes nothing. Throws `scaling.rules-invalid`. */
  async dryRun(content: string): Promise<Decision> {
    const rules = readRules(content);
    const last = await this.leases.findOutcome();
    const outcome = last ?? { memory: NO_MEMORY, mode: 'off' as const, desired: {} };
    return (await this.evaluator.evaluate(rules, outcome, this.clock.wallMs())).decision;
  }

  /** How many replicas each role should have; empty while no rules act. */
  async desired(): Promise<{ readonly role: ScaledRole; readonly replicas: number }[]> {
    const outcome = await this.leases.findOutcome();
    if (outcome?.mode !== 'act') return [];
    return SCALED_ROLES.flatMap((role) => {
      const replicas = outcome.desired[role];
      return replicas === undefined ? [] : [{ role, replicas }];
    });
  }

  async report(samples: readonly ReportedSample[]): Promise<void> {
    const at = this.clock.wallMs();
    await this.samples.add(samples.map((sample) => ({ ...sample, at })));
  }
}
