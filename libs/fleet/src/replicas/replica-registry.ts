import { Injectable } from '@nestjs/common';
import { RuntimeConfig } from '#libs/config';
import { DatabaseClock, sql, UnitOfWork } from '#libs/database';
import { PRODUCT_VERSION } from '#libs/kernel';
import { Logger } from '#libs/observability';
import { ReplicaStatusReport } from './replica-status-report.js';

const HEARTBEAT_MS = 5_000;
/** Whatever else is written waits. */
const HEARTBEAT = { part: 'heartbeat' } as const;

/** Reports this replica: it writes its own row every five seconds, and removes it when it stops in order. */
@Injectable()
export class ReplicaRegistry {
  private readonly startedAt: number;
  private timer: NodeJS.Timeout | undefined;
  private isWriting = false;

  constructor(
    private readonly identity: RuntimeConfig,
    private readonly unitOfWork: UnitOfWork,
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
