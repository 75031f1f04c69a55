import { Injectable } from '@nestjs/common';
import { DatabaseClock, PrimaryReader, type ReplicaEntity, type RowOf, sql } from '#libs/database';
import { Logger } from '#libs/observability';
import { replicaStatusSchema, type ReplicaRecord, type ReplicaStatus } from './replica-record.js';

/** Three heartbeats missed. */
const ALIVE_MS = 16_000;

type ReplicaRow = RowOf<
  ReplicaEntity,
  'id' | 'role' | 'version' | 'started_at' | 'seen_at' | 'status_json'
>;

/** The replicas that have reported themselves, as the database has them: needs neither Redis nor another replica. */
@Injectable()
export class ReplicaList {
  private unreadableRows = 0;

  constructor(
    private readonly reader: PrimaryReader,
    private readonly clock: DatabaseClock,
    private readonly logger: Logger,
  ) {}

  /** Replicas whose status could not be read when the list was last asked for. */
  get unreadable(): number {
    return this.unreadableRows;
  }

  /**
   * All replicas that were seen in the last hour or so, by role and id. One whose status cannot be
   * read (of another release, or damaged) is passed over, counted and logged.
   */
  async list(): Promise<ReplicaRecord[]> {
    const rows = await this.reader.query<ReplicaRow>(
      sql`
        SELECT id, role, version, started_at, seen_at, status_json
        FROM replica
        ORDER BY role, id`,
    );
    const now = this.clock.wallMs();
    const records = rows.flatMap((row) => {
      const status = this.readStatus(row);
      if (status === undefined) return [];
      return {
        id: row.id,
        role: row.role,
        version: row.version,
        startedAt: row.started_at,
        seenAt: row.seen_at,
        isAlive: now - row.seen_at < ALIVE_MS,
        status,
      };
    });
    this.unreadableRows = rows.length - records.length;
    return records;
  }

  private readStatus(row: ReplicaRow): ReplicaStatus | undefined {
    try {
      return replicaStatusSchema.parse(JSON.parse(row.status_json));
    } catch (err) {
      this.logger.warn({ err, replica: row.id }, 'what a replica says of itself cannot be read');
      return undefined;
    }
  }
}
