import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { KeepsLedgerMark, type LedgerTables } from '#libs/database';
import { Logger, Metrics } from '#libs/observability';
import type { HandlesJob, JobContext } from '../worker/job-context.js';
import { JobHandler } from '../worker/job-handler.decorator.js';
import { checkLedgersJob } from './check-ledgers.job.js';
import { LedgerComparison, type ComparedBalance } from './ledger-comparison.js';
import { ledgerMetrics } from './ledgers.metrics.js';

/** So many differences of a ledger are logged; the others are only counted. */
const MOST_LOGGED = 20;

interface LedgerCheck {
  readonly checked: number;
  readonly different: number;
}

/**
 * Compares the balances of every ledger of the process with the sums of their entries. It changes nothing: what
 * differs is logged as an error and counted, and people find out why.
 */
@Injectable()
@JobHandler(checkLedgersJob, { concurrency: 1 })
export class CheckLedgersHandler implements HandlesJob<Record<string, never>>, OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly comparison: LedgerComparison,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    // So that the first difference is an increase.
    for (const ledger of this.ledgers().keys()) this.count(ledger, 0);
  }

  async handle(_payload: Record<string, never>, context: JobContext): Promise<void> {
    const ledgers: Record<string, { checked: number; different: number }> = {};
    for (const [name, tables] of this.ledgers()) {
      ledgers[name] = await this.check(tables, context.signal);
      context.progress({ ledgers });
    }
    await context.complete(async () => ({ ledgers }));
  }

  private async check(tables: LedgerTables, signal: AbortSignal): Promise<LedgerCheck> {
    let [checked, different] = [0, 0];
    let after: ComparedBalance['key'] | undefined;
    for (;;) {
      signal.throwIfAborted();
      const page = await this.comparison.page(tables, after);
      const wrong = page.filter(({ balance, sum }) => balance !== sum);
      for (const each of wrong.slice(0, Math.max(0, MOST_LOGGED - different)))
        this.report(tables, each);
      this.count(tables.name, wrong.length);
      checked += page.length;
      different += wrong.length;
      after = page.at(-1)?.key;
      if (after === undefined) return { checked, different };
    }
  }

  private report({ name, key }: LedgerTables, { key: of, balance, sum }: ComparedBalance): void {
    const at = { [key[0]]: of[0], [key[1]]: of[1] };
    this.logger.error(
      { ledger: name, at, balance, sumOfEntries: sum },
      'a balance is not the sum of its ledger',
    );
  }

  private count(ledger: string, differences: number): void {
    this.metrics.register(ledgerMetrics).differences.inc({ ledger }, differences);
  }

  /** By name: a class may be provided by several modules. */
  private ledgers(): ReadonlyMap<string, LedgerTables> {
    return new Map(
      this.discovery.getProviders().flatMap((wrapper): [string, LedgerTables][] => {
        const tables = this.discovery.getMetadataByDecorator(KeepsLedgerMark, wrapper);
        return tables === undefined ? [] : [[tables.name, tables]];
      }),
    );
  }
}
