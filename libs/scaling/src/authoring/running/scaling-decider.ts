import { Injectable } from '@nestjs/common';
import { DatabaseClock, UnitOfWork } from '#libs/database';
import type { ScalingRules } from '../../model/rules/scaling-rules.js';
import { ScalingEvaluator } from './scaling-evaluator.js';
import { ScalingJournal } from './scaling-journal.js';
import { ScalingLeaseRepository, type HeldLease } from './scaling-lease.repository.js';
import { ScalingSampleRepository } from './scaling-sample.repository.js';

const ORDINARY_MS = 60_000;

/** What a decision is made for. */
export interface DecisionOrder {
  readonly holder: string;
  readonly lease: HeldLease;
  readonly rules: ScalingRules;
  readonly rulesVersion: number;
}

/**
 * Makes one decision and everything that follows from it, in one unit of work that first asks whether the lease
 * is still its holder's: a replica that stood still for longer than its lease changes nothing afterwards.
 */
@Injectable()
export class ScalingDecider {
  constructor(
    private readonly evaluator: ScalingEvaluator,
    private readonly unitOfWork: UnitOfWork,
    private readonly leases: ScalingLeaseRepository,
    private readonly samples: ScalingSampleRepository,
    private readonly journal: ScalingJournal,
    private readonly clock: DatabaseClock,
  ) {}

  /** Answers false when the lease has passed on meanwhile. */
  async tryDecide({ holder, lease, rules, rulesVersion }: DecisionOrder): Promise<boolean> {
    const { mode } = rules;
    const { fence, outcome } = lease;
    const now = laterThan(lease.decidedAt, this.clock.wallMs());
    const { decision, samples } = await this.evaluator.evaluate(rules, outcome, now);
    const desired = Object.fromEntries(
      decision.roles.map(({ role, desired: wanted }) => [role, wanted]),
    );
    return this.unitOfWork.run(
      async (tx) => {
        const next = { memory: decision.memory, mode, desired };
        const isMine = await this.leases.tryWrite(tx, holder, fence, next, decision.at);
        if (!isMine) return false;
        await this.samples.insert(tx, samples);
        await this.journal.write(tx, decision, { fence, rulesVersion, mode }, outcome);
        return true;
      },
      { part: 'upkeep' },
    );
  }

  /** Lets nobody act on what was wanted: rules that are off want nothing. */
  async withdraw({ holder, lease }: Omit<DecisionOrder, 'rules' | 'rulesVersion'>): Promise<void> {
    const { fence, outcome } = lease;
    const nothing = { memory: outcome.memory, mode: 'off', desired: {} } as const;
    await this.unitOfWork.run(
      (tx) => this.leases.tryWrite(tx, holder, fence, nothing, this.clock.wallMs()),
      { part: 'upkeep' },
    );
  }
}

/** The times of two replicas differ a little; decisions follow one another all the same. */
function laterThan(decidedAt: number, now: number): number {
  const isOrdinary = decidedAt - now < ORDINARY_MS;
  return isOrdinary ? Math.max(now, decidedAt + 1) : now;
}
