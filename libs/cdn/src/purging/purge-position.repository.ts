import { Injectable } from '@nestjs/common';
import {
  DatabaseClock,
  heldBy,
  isUniqueViolation,
  sql,
  takeLease,
  UnitOfWork,
  type CdnPurgeEntity,
  type RowOf,
} from '#libs/database';
import { UNKNOWN_POSITION } from './purge-queue.js';

/** Who purges one shared cache, and where it begins. */
export interface HeldPurge {
  readonly fence: number;
  readonly position: number;
}

type PurgeRow = RowOf<CdnPurgeEntity, 'fence' | 'position'>;

const TABLE = 'cdn_purge';
const UPKEEP = { part: 'upkeep' } as const;

/** How far each shared cache was purged, in SQL beside the log that says of what. */
@Injectable()
export class PurgePositionRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
  ) {}

  /** undefined while another replica purges it. */
  async tryTake(id: string, holder: string, leaseMs: number): Promise<HeldPurge | undefined> {
    const now = this.clock.wallMs();
    try {
      return await this.unitOfWork.run(async (tx) => {
        const isTaken = await takeLease(tx, { table: TABLE, id, holder }, now, now + leaseMs);
        const [row] = await tx.query<PurgeRow>(
          sql`SELECT fence, position FROM cdn_purge WHERE id = ${id}`,
        );
        if (row !== undefined) return isTaken ? row : undefined;
        const first = { fence: 1, position: UNKNOWN_POSITION };
        await tx.execute(sql.insert(TABLE, [{ id, holder, expires_at: now + leaseMs, ...first }]));
        return first;
      }, UPKEEP);
    } catch (error) {
      // Another replica has made the row at the same moment.
      if (isUniqueViolation(this.unitOfWork.dialect, error)) return undefined;
      throw error;
    }
  }

  /** Notes how far it is, and makes the lease last (0: another replica goes on at once). False, and nothing is noted, once the lease has passed on. */
  async tryKeep(
    id: string,
    holder: string,
    { fence, position }: HeldPurge,
    leaseMs: number,
  ): Promise<boolean> {
    const kept = await this.unitOfWork.run(
      (tx) =>
        tx.execute(sql`
          UPDATE cdn_purge
          SET position = ${position}, expires_at = ${this.clock.wallMs() + leaseMs}
          WHERE ${heldBy({ id, holder }, fence)}`),
      UPKEEP,
    );
    return kept > 0;
  }
}
