import { Injectable } from '@nestjs/common';
import { RuntimeConfig } from '#libs/config';
import {
  DatabaseClock,
  PrimaryReader,
  type ReplicaEntity,
  type RowOf,
  sql,
  UnitOfWork,
} from '#libs/database';
import { PRODUCT_VERSION } from '#libs/kernel';
import { Logger } from '#libs/observability';
import { replicaStatusSchema, type ReplicaRecord, type ReplicaStatus } from './replica-record.js';
import { ReplicaStatusReport } from './replica-status-report.js';

const HEARTBEAT_MS = 5_000;
/** Three heartbeats missed. */
const ALIVE_MS = 16_000;
/** Whatever else is written waits. */
const HEARTBEAT = { part: 'heartbeat' } as const;

type ReplicaRow = RowOf<
  ReplicaEntity,
  'id' | 'role' | 'version' | 'started_at' | 'seen_at' | 'status_json'
>;

/**
 * Which replicas there are, in SQL: every replica writes its own row every five seconds and removes
 * it when it stops in order. The list therefore needs neither Redis nor a call to another replica.
 */
@Injectable()
export class ReplicaRegistry {
  private readonly startedAt: number;
  private timer: NodeJS.Timeout | undefined;
  private isWriting = false;
  private unreadableRows = 0;

  constructor(
    private readonly identity: RuntimeConfig,
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: PrimaryReader,
    private readonly report: ReplicaStatusReport,
    private readonly clock: DatabaseClock,
    private readonly logger: Logger,
  ) {
    this.startedAt = clock.wallMs();
  }

  start(): void {
    void this.beat();
    this.timer = setInterval(() => void this.beat(), HEARTBEAT_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    try {
      await this.unitOfWork.run(
        (tx) => tx.execute(sql`DELETE FROM replica WHERE id = ${this.identity.replicaId}`),
        HEARTBEAT,
      );
    } catch (err) {
      this.logger.warn({ err }, 'the replica could not leave the list of replicas');
    }
  }

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
      sql`SELECT id, role, version, started_at, seen_at, status_json FROM replica ORDER BY role, id`,
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

  private async beat(): Promise<void> {
    if (this.isWriting) return;
    this.isWriting = true;
    try {
      await this.write();
    } catch (err) {
      // The list shows the replica as not seen, which is what operators need to know.
      this.logger.warn({ err }, 'the replica could not report itself');
    } finally {
      this.isWriting = false;
    }
  }

  private async write(): Promise<void> {
    const { replicaId: id, role } = this.identity;
    const seenAt = this.clock.wallMs();
    const status = JSON.stringify(await this.report.make());
    await this.unitOfWork.run(async (tx) => {
      const updated = await tx.execute(
        sql`UPDATE replica SET seen_at = ${seenAt}, status_json = ${status}
            WHERE id = ${id} AND started_at = ${this.startedAt}`,
      );
      if (updated > 0) return;
      await tx.execute(sql`DELETE FROM replica WHERE id = ${id}`);
      await tx.execute(
        sql.insert('replica', [
          {
            id,
            role,
            version: PRODUCT_VERSION,
            started_at: this.startedAt,
            seen_at: seenAt,
            status_json: status,
          },
        ]),
      );
    }, HEARTBEAT);
  }
}
