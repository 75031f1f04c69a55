import { Injectable } from '@nestjs/common';
import {
  DatabaseClock,
  heldBy,
  isUniqueViolation,
  PrimaryReader,
  releaseLease,
  type RowOf,
  sql,
  takeLease,
  UnitOfWork,
  type LeaseRow,
  type SqlQueries,
  type Transaction,
} from '#libs/database';
import { NO_MEMORY, type ScalingMemory } from '../../model/deciding/decision.js';
import type { ScaledRole, ScalingMode } from '../../model/rules/scaling-rules.js';
import type { ScalingLeaseEntity } from '../../model/records/scaling-lease.entity.js';

/** What the last decision left behind. */
export interface ScalingOutcome {
  readonly memory: ScalingMemory;
  readonly mode: ScalingMode;
  /** How many replicas each role should have. Only acted on while the mode is `act`. */
  readonly desired: Readonly<Partial<Record<ScaledRole, number>>>;
}

export interface HeldLease {
  /** Grows whenever another replica takes the lease: writes with a smaller one are refused. */
  readonly fence: number;
  readonly outcome: ScalingOutcome;
  /** When the outcome was written, by the replica that did; 0 before the first. */
  readonly decidedAt: number;
}

type StoredLease = RowOf<ScalingLeaseEntity, 'holder' | 'fence' | 'outcome_json' | 'decided_at'>;

const ID = 'scaling';
const UPKEEP = { part: 'upkeep' } as const;
const NOTHING: ScalingOutcome = { memory: NO_MEMORY, mode: 'off', desired: {} };

/**
 * Which replica decides. The lease lies in SQL with what it protects: taking it, and everything that its holder
 * writes, is decided by one row, so that neither Redis nor the clock of a replica can give it to two.
 */
@Injectable()
export class ScalingLeaseRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: PrimaryReader,
    private readonly clock: DatabaseClock,
  ) {}

  /** Takes the lease, or makes its own last longer; undefined while another replica holds it. */
  async tryTake(holder: string, leaseMs: number): Promise<HeldLease | undefined> {
    const now = this.clock.wallMs();
    try {
      return await this.unitOfWork.run(async (tx) => {
        const isTaken = await takeLease(tx, leaseOf(holder), now, now + leaseMs);
        const row = await this.findRow(tx);
        if (row === undefined) return this.insert(tx, holder, now + leaseMs);
        return isTaken
          ? { fence: row.fence, outcome: outcomeOf(row), decidedAt: row.decided_at }
          : undefined;
      }, UPKEEP);
    } catch (error) {
      // Another replica has made the first lease at the same moment.
      if (isUniqueViolation(this.unitOfWork.dialect, error)) return undefined;
      throw error;
    }
  }

  /** Writes an outcome within `tx`. Answers false, and changes nothing, when the lease has passed on. */
  async tryWrite(
    tx: Transaction,
    holder: string,
    fence: number,
    outcome: ScalingOutcome,
    now: number,
  ): Promise<boolean> {
    const written = await tx.execute(sql`
      UPDATE scaling_lease
      SET outcome_json = ${JSON.stringify(outcome)}, decided_at = ${now}
      WHERE ${heldBy(leaseOf(holder), fence)}`);
    return written > 0;
  }

  /** Lets another replica take over at once. */
  async release(holder: string): Promise<void> {
    await this.unitOfWork.run((tx) => releaseLease(tx, leaseOf(holder)), UPKEEP);
  }

  /** What the fleet was told last; nothing before the first decision. */
  async findOutcome(): Promise<(ScalingOutcome & { readonly decidedAt: number }) | undefined> {
    const row = await this.findRow(this.reader);
    if (row === undefined || row.decided_at === 0) return undefined;
    return { ...outcomeOf(row), decidedAt: row.decided_at };
  }

  private async findRow(queries: SqlQueries): Promise<StoredLease | undefined> {
    const [row] = await queries.query<StoredLease>(sql`
      SELECT holder, fence, outcome_json, decided_at
      FROM scaling_lease
      WHERE id = ${ID}`);
    return row;
  }

  private async insert(tx: Transaction, holder: string, expiresAt: number): Promise<HeldLease> {
    const row = { id: ID, holder, fence: 1, expires_at: expiresAt, decided_at: 0 };
    await tx.execute(
      sql.insert('scaling_lease', [{ ...row, outcome_json: JSON.stringify(NOTHING) }]),
    );
    return { fence: 1, outcome: NOTHING, decidedAt: 0 };
  }
}

function leaseOf(holder: string): LeaseRow {
  return { table: 'scaling_lease', id: ID, holder };
}

function outcomeOf({ outcome_json }: StoredLease): ScalingOutcome {
  return { ...NOTHING, ...(JSON.parse(outcome_json) as Partial<ScalingOutcome>) };
}
