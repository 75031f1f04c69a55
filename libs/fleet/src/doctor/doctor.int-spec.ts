import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { TestingModule } from '@nestjs/testing';
import { sql, UnitOfWork } from '#libs/database';
import {
  describeOnEachDatabase,
  eventually,
  startRedis,
  type DatabaseFixture,
  type RedisFixture,
} from '#libs/testing';
import { startPlatform } from '../../../../test/support/platform.js';
import { DoctorModule } from './doctor.module.js';
import { Doctor } from './doctor.js';
import type { Finding } from './finding.js';

describeOnEachDatabase('the doctor', (open) => {
  let database: DatabaseFixture;
  let redis: RedisFixture | undefined;
  let process: TestingModule | undefined;

  beforeEach(async () => {
    database = await open();
  });

  afterEach(async () => {
    await process?.close();
    await redis?.stop();
    await database.remove();
    process = undefined;
    redis = undefined;
  });

  async function examine(redisUrl: string): Promise<Map<string, Finding>> {
    process = await startPlatform({
      databaseUrl: database.url,
      env: { REDIS_URL: redisUrl, REPLICA_ID: 'doctor' },
      imports: [DoctorModule],
    });
    return again();
  }

  async function again(): Promise<Map<string, Finding>> {
    const findings = (await process?.get(Doctor).examine()) ?? [];
    return new Map(findings.map((finding) => [finding.check, finding]));
  }

  const statusOf = (findings: Map<string, Finding>, check: string) => findings.get(check)?.status;

  it('asks the database and Redis as they are, and changes nothing', async () => {
    redis = await startRedis();
    await examine(redis.url);
    const asked = ['clock', 'readers beside writers', 'schema', 'redis policy', 'redis eviction'];
    // On a busy machine one of them may not be answered in the seconds that the doctor waits.
    const findings = await eventually('all of them answer', async () => {
      const found = await again();
      return asked.every((check) => statusOf(found, check) === 'ok') && found;
    });
    expect(findings.get('versions')?.found).toBe('no replica is alive');
    for (const check of ['memory', 'heap', 'open files']) expect(findings.has(check)).toBe(true);
  });

  it('finds a migration that is missing, and one that a newer version has run', async () => {
    redis = await startRedis();
    await examine(redis.url);
    const change = (statement: ReturnType<typeof sql>) =>
      process!.get(UnitOfWork).run((tx) => tx.execute(statement));
    await change(
      sql`INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Later9999999999999')`,
    );
    await eventually('it finds the one of a newer version', async () => {
      expect((await again()).get('schema')).toMatchObject({
        status: 'warning',
        found: expect.stringContaining('Later9999999999999'),
      });
      return true;
    });
    await change(sql`DELETE FROM migrations WHERE name LIKE 'Installation%'`);
    await eventually('it finds the one that is missing', async () => {
      expect((await again()).get('schema')).toMatchObject({
        status: 'failed',
        found: expect.stringContaining('Installation'),
      });
      return true;
    });
  });

  it('says that Redis cannot be asked, and goes on', async () => {
    const findings = await examine('redis://127.0.0.1:1');
    expect(findings.get('redis')).toMatchObject({
      status: 'failed',
      advice: expect.stringContaining('REDIS_URL'),
    });
    await eventually('the database answers', async () => {
      return statusOf(await again(), 'schema') === 'ok';
    });
  });
});
