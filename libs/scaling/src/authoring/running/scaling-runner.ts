import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { RuntimeConfig, ScalingConfig } from '#libs/config';
import { newId } from '#libs/kernel';
import { Logger } from '#libs/observability';
import { readRules } from '../../model/rules/read-rules.js';
import { ScalingRulesRepository } from '../rules/scaling-rules.repository.js';
import { ScalingDecider } from './scaling-decider.js';
import { ScalingLeaseRepository } from './scaling-lease.repository.js';

/** What came of one tick. */
export type TickOutcome = 'no-rules' | 'off' | 'not-holder' | 'overtaken' | 'decided' | 'failed';

/** A holder that misses two ticks has lost the lease at the third. */
const LEASE_TICKS = 3;

/** Every authoring replica ticks; the one that holds the lease decides for the fleet. */
@Injectable()
export class ScalingRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** Of this process: one that is started under the same name is another holder. */
  private readonly holder: string;
  private timer: NodeJS.Timeout | undefined;
  private ticking: Promise<TickOutcome> | undefined;

  constructor(
    runtime: RuntimeConfig,
    private readonly config: ScalingConfig,
    private readonly rules: ScalingRulesRepository,
    private readonly leases: ScalingLeaseRepository,
    private readonly decider: ScalingDecider,
    private readonly logger: Logger,
  ) {
    this.holder = `${runtime.replicaId} ${newId()}`;
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.tick(), this.config.intervalMs);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.ticking;
    try {
      await this.leases.release(this.holder);
    } catch (err) {
      // The lease ends by itself.
      this.logger.warn({ err }, 'the lease of scaling could not be released');
    }
  }

  /** Never rejects: the next tick repeats what failed. */
  tick(): Promise<TickOutcome> {
    this.ticking ??= this.decide()
      .catch((err: unknown): TickOutcome => {
        this.logger.warn({ err }, 'scaling could not be decided');
        return 'failed';
      })
      .finally(() => {
        this.ticking = undefined;
      });
    return this.ticking;
  }

  private async decide(): Promise<TickOutcome> {
    const stored = await this.rules.findCurrent();
    if (stored === undefined) return 'no-rules';
    // First: a replica of another release that cannot read them leaves the lease to one that can.
    const rules = readRules(stored.content);
    const { holder } = this;
    const leaseMs = LEASE_TICKS * this.config.intervalMs;
    const lease = await this.leases.tryTake(holder, leaseMs);
    if (lease === undefined) return 'not-holder';
    const order = { holder, lease, rules, rulesVersion: stored.version };
    if (rules.mode !== 'off')
      return (await this.decider.tryDecide(order)) ? 'decided' : 'overtaken';
    // What was wanted is not wanted any more.
    if (lease.outcome.mode !== 'off') await this.decider.withdraw(order);
    return 'off';
  }
}
