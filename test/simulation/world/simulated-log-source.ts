import type { LogExcerpt, LogSource } from '../../../libs/cache/src/core/following/log-source.js';
import type { CommittedState, LogRow } from './committed-state.js';
import type { SqlAccess } from './sql-access.js';

/** The log as a replica reads it: the same statements, in the same order, as `InvalidationLog`. */
export class SimulatedLogSource implements LogSource {
  constructor(
    private readonly state: CommittedState,
    private readonly access: SqlAccess,
    private readonly settleMs: number,
    readonly isCopy: boolean,
  ) {}

  async readAfter(position: number, limit: number): Promise<LogExcerpt> {
    const records = await this.access.query(`log after ${position}`, () =>
      this.state.rowsAfter(position, limit),
    );
    const bounds = await this.access.query('log bounds', () => ({
      prunedTo: this.state.prunedTo,
      last: this.state.last,
    }));
    return { records, ...bounds };
  }

  newestUpTo(position: number): Promise<LogRow | undefined> {
    return this.access.query(`log at ${position}`, () => this.state.newestUpTo(position), false);
  }

  async settledPosition(): Promise<number> {
    const prunedTo = await this.access.query('log floor', () => this.state.prunedTo);
    const settled = await this.access.query('log settled', () =>
      this.state.settledPosition(this.settleMs),
    );
    return Math.max(settled, prunedTo);
  }
}
