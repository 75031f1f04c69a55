import { once } from 'node:events';
import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { Injectable } from '@nestjs/common';
import { CacheConfig, SearchConfig, SiteConfig } from '#libs/config';
import { DatabaseState } from '#libs/database';
import { withDeadline } from '#libs/kernel';
import { openFileLimit } from '#libs/observability';
import { RedisConnections } from '#libs/redis';
import { ReplicaList } from '../replicas/replica-list.js';
import { failed, type Finding } from './finding.js';
import { machineFindings } from './machine-checks.js';
import { clusterFindings } from './cluster-checks.js';
import { replicaFindings } from './replica-checks.js';
import { clockFinding, redisFindings, rowVersionsFinding, schemaFinding } from './store-checks.js';

const ASK_TIMEOUT_MS = 3_000;
const DATABASE_ADVICE = 'start the database, or look at DATABASE_URL and at the way to it';
const REDIS_ADVICE =
  'start Redis, or look at REDIS_URL, the way to it, and whether its user may INFO; replicas go on from SQL meanwhile';

/**
 * Compares the configuration with the machine, the database, Redis and the fleet. Changes nothing, never rejects, and takes a few
 * seconds at most: what cannot be asked is a finding.
 */
@Injectable()
export class Doctor {
  constructor(
    private readonly cache: CacheConfig,
    private readonly search: SearchConfig,
    private readonly site: SiteConfig,
    private readonly database: DatabaseState,
    private readonly redis: RedisConnections,
    private readonly replicas: ReplicaList,
  ) {}

  async examine(): Promise<Finding[]> {
    const { database } = this;
    const findings = await Promise.all([
      Promise.resolve(this.machine()),
      ask('clock', DATABASE_ADVICE, async () => [clockFinding(await database.clockDifferenceMs())]),
      ask('readers beside writers', DATABASE_ADVICE, async () => [
        rowVersionsFinding(await database.rowVersions()),
      ]),
      ask('schema', DATABASE_ADVICE, async () => {
        const { needed, present } = await database.schema();
        return [schemaFinding(needed, present)];
      }),
      ask('redis', REDIS_ADVICE, () => this.redisFindings()),
      ask('replicas', DATABASE_ADVICE, async () => {
        const records = await this.replicas.list();
        return replicaFindings(records, this.replicas.unreadable, {
          leaseMs: this.cache.leaseMs,
          maxCopyLagMs: this.site.maxLagMs,
        });
      }),
    ]);
    return findings.flat();
  }

  private async redisFindings(): Promise<Finding[]> {
    const { cluster } = this.redis;
    if (cluster === undefined) return redisFindings(await this.redisInfo());
    return clusterFindings(await cluster.examine());
  }

  /** A process that has just started is not connected yet, and its commands would fail at once. */
  private async redisInfo(): Promise<string> {
    const client = this.redis.open('commands');
    if (client.status !== 'ready') {
      await once(client, 'ready', { signal: AbortSignal.timeout(ASK_TIMEOUT_MS) });
    }
    return client.info();
  }

  private machine(): Finding[] {
    const total = totalmem();
    // Where no limit is set, the system tells a number beyond all memory, or 0.
    const limit = process.constrainedMemory();
    return machineFindings({
      memoryLimitBytes: limit > 0 && limit < total ? limit : total,
      heapLimitBytes: getHeapStatistics().heap_size_limit,
      cacheMaxBytes: this.cache.maxBytes,
      recordMaxBytes: this.cache.recordMaxBytes,
      indexMaxBytes: this.search.indexMaxBytes,
      openFiles: openFileLimit(),
    });
  }
}

async function ask(
  check: string,
  advice: string,
  question: () => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await withDeadline(question(), ASK_TIMEOUT_MS, `the check of ${check}`);
  } catch (error) {
    return [failed(check, error instanceof Error ? error.message : String(error), advice)];
  }
}
