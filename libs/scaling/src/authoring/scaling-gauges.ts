import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DatabaseClock } from '#libs/database';
import { Metrics } from '#libs/observability';
import { SCALED_ROLES } from '../model/rules/scaling-rules.js';
import { ScalingLeaseRepository } from './running/scaling-lease.repository.js';
import { scalingMetrics } from './scaling.metrics.js';

/** Publishes what is wanted: every authoring replica says the same, whichever decides. */
@Injectable()
export class ScalingGauges implements OnModuleInit {
  constructor(
    private readonly leases: ScalingLeaseRepository,
    private readonly metrics: Metrics,
    private readonly clock: DatabaseClock,
  ) {}

  onModuleInit(): void {
    const { decisionAge } = this.metrics.register(scalingMetrics, {
      // One query serves both.
      desiredReplicas: async (gauge) => {
        const outcome = await this.leases.findOutcome();
        gauge.reset();
        decisionAge.remove();
        if (outcome === undefined) return;
        decisionAge.set(Math.max(0, this.clock.wallMs() - outcome.decidedAt) / 1_000);
        if (outcome.mode !== 'act') return;
        for (const role of SCALED_ROLES) {
          const wanted = outcome.desired[role];
          if (wanted !== undefined) gauge.set({ role }, wanted);
        }
      },
    });
    // A gauge without labels is 0 from its start on, and after a reset; this one is absent until there is a decision.
    decisionAge.remove();
  }
}
