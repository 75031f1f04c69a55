import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CacheStatus, CoherentCache } from '#libs/cache';
import { loadConfig, type Environment } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { HealthRegistry } from '#libs/observability';
import {
  eventually,
  PATIENT_READS,
  startRedis,
  type RedisFixture,
  type DatabaseFixture,
  type OpenDatabaseFixture,
} from '#libs/testing';
import { POSITION_GATE, positionToken, type PositionGate } from '../src/coherence/position-gate.js';
import { createReplicaApp } from '../src/server/replica-app.js';
import { PagesModule, Work, work } from './output-pages.js';

export interface PageAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Of the bytes as they came. */
  readonly body: string;
  readonly bytes: Buffer;
}

/** One replica with pages that are stored, listening, and what ran in it. */
export class OutputWorld {
  readonly work = work;

  private constructor(
    readonly app: NestFastifyApplication,
    readonly port: number,
    private readonly redis: RedisFixture,
    private readonly database: DatabaseFixture,
  ) {}

  static async start(
    open: OpenDatabaseFixture,
    environment: Environment = {},
  ): Promise<OutputWorld> {
    const [redis, database] = await Promise.all([startRedis(), open()]);
    const config = loadConfig(
      {
        REDIS_URL: redis.url,
        DATABASE_URL: database.url,
        REPLICA_ID: 'c1',
        LOG_LEVEL: 'silent',
        ...PATIENT_READS,
        SHUTDOWN_TIMEOUT_MS: '5000',
        // After a pause that is longer, nothing is sent ahead of the router until the log has been read.
        CACHE_LEASE_MS: '60000',
        // A verification builds an answer apart, which would count as work.
        CACHE_VERIFY_PER_SECOND: '0',
        ...environment,
      },
      'commerce',
    );
    const app = await createReplicaApp(config, { module: PagesModule });
    await app.listen({ port: 0, host: '127.0.0.1' });
    app.get(HealthRegistry).markServing();
    const { port } = app.getHttpServer().address() as AddressInfo;
    await eventually('the log is followed', () => {
      return app.get(CacheStatus).snapshot().leaseAgeMs !== undefined;
    });
    return new OutputWorld(app, port, redis, database);
  }

  /** As if nothing had been asked before. */
  async reset(): Promise<void> {
    this.app.get(CoherentCache).clearLocal();
    Object.assign(this.work, new Work());
    this.work.release.open();
    await this.get('/health/live');
  }

  /** Through a socket, as a client does: what is answered ahead of the router is seen only there. */
  get(
    path: string,
    headers: Readonly<Record<string, string>> = {},
    method = 'GET',
  ): Promise<PageAnswer> {
    return new Promise((resolve, reject) => {
      const sent = request({ port: this.port, host: '127.0.0.1', path, method, headers });
      sent.once('error', reject);
      sent.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const bytes = Buffer.concat(chunks);
          const { statusCode: status = 0, headers: received } = response;
          resolve({ status, headers: received, body: bytes.toString(), bytes });
        });
      });
      sent.end();
    });
  }

  page(path: string, headers: Readonly<Record<string, string>> = {}): Promise<PageAnswer> {
    return this.get(`/api/v1/pages/${path}`, headers);
  }

  /** What a client sends to say that it has seen a position. */
  token(position: number): string {
    return positionToken(position, this.app.get<PositionGate>(POSITION_GATE));
  }

  /** Commits an invalidation; answers its position. */
  async invalidate(...tags: string[]): Promise<number> {
    let position = 0;
    const unitOfWork = this.app.get(UnitOfWork);
    const stop = unitOfWork.onCommit((commit) => (position = commit.position ?? 0));
    await unitOfWork.run((tx) => Promise.resolve(tx.invalidate(...tags)));
    stop();
    return position;
  }

  /** The value of a metric that has these labels, 0 when there is none. */
  async metric(name: string, ...labels: string[]): Promise<number> {
    const { body } = await this.get('/metrics');
    const line = body
      .split('\n')
      .find((each) => each.startsWith(name) && labels.every((label) => each.includes(label)));
    return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(' ') + 1));
  }

  async close(): Promise<void> {
    this.work.release.open();
    await this.app.close();
    await this.redis.stop();
    await this.database.remove();
  }
}
