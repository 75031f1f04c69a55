import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { parseDatabaseUrl } from '#libs/config';
import { migrateDatabase } from '#libs/database';
import type { ListeningMessage } from '#libs/http';
import { basicEnvironment, eventually } from '#libs/testing';

const START_LIMIT_MS = 120_000;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A request as a load balancer makes it that has no connection to the replica yet. */
function getOverNewConnection(url: string): Promise<{ status?: number; connection?: string }> {
  return new Promise((resolve, reject) => {
    const agent = new Agent({ keepAlive: true }); // asks to keep the connection: `close` is the replica's word
    const sent = request(url, { agent }, (response) => {
      response.resume().once('end', () => {
        agent.destroy();
        const { statusCode: status, headers } = response;
        resolve({ status, connection: headers.connection });
      });
    });
    sent.once('error', reject).end();
  });
}

/** A replica listens before it is ready: it follows the log once, and loads what the others use most. */
function whenReady(url: string): Promise<Response> {
  return eventually(
    'the replica is ready',
    async () => {
      const response = await fetch(`${url}/health/ready`);
      return response.status === 200 && response;
    },
    { withinMs: START_LIMIT_MS },
  );
}

describe('a replica as a process', () => {
  let folder: string;
  let children: ChildProcess[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep-replica-'));
    children = [];
  });

  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  function run(role: 'commerce' | 'authoring', env: Record<string, string>, ...args: string[]) {
    const child = fork(`dist/replicas/${role}.js`, args, {
      silent: true,
      env: { ...basicEnvironment(), ...env },
    });
    children.push(child);
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = once(child, 'close').then(([code]): Ended => ({
      code: code as number | null,
      stdout,
      stderr,
    }));
    return { child, ended };
  }

  async function withoutRedis(): Promise<Record<string, string>> {
    const env = unprepared();
    await migrateDatabase(parseDatabaseUrl(env['DATABASE_URL'] ?? ''));
    return env;
  }

  function unprepared(): Record<string, string> {
    return {
      REDIS_URL: 'redis://127.0.0.1:1',
      DATABASE_URL: `sqlite:${join(folder, 'shop.db')}`,
      PORT: '0',
      REPLICA_ID: 'r1',
    };
  }

  it('reports every configuration problem at once and exits with 1', async () => {
    const { ended } = run('commerce', {
      DATABASE_URL: 'mssql://sa:hunter2@host/?encrypt=perhaps',
      PORT: 'eighty',
    });
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/DATABASE_URL: parameter encrypt must be .*; names no database/);
    expect(stderr).toContain('PORT: must be a whole number');
    expect(stderr).toContain('REDIS_URL: is required');
    expect(stderr).not.toContain('hunter2');
  });

  it('prints its configuration with secrets masked', async () => {
    const env = { ...(await withoutRedis()), REDIS_URL: 'redis://:hunter2@127.0.0.1:1' };
    const { code, stdout } = await run('authoring', env, '--print-config').ended;
    expect(code).toBe(0);
    expect(stdout).toContain('REDIS_URL=redis://:***@127.0.0.1:1');
    expect(stdout).not.toContain('hunter2');
  });

  it.each(['commerce', 'authoring'] as const)(
    'starts as %s without Redis, says where it listens, and stops when asked',
    async (role) => {
      const { child, ended } = run(role, await withoutRedis());
      const [message] = (await Promise.race([
        once(child, 'message'),
        ended.then(({ stdout, stderr }) => Promise.reject(new Error(`ended: ${stdout}${stderr}`))),
      ])) as [ListeningMessage];
      expect(message).toMatchObject({ type: 'listening', replica: 'r1' });

      const ready = await whenReady(message.url);
      expect(ready.headers.get('lockstep-replica')).toBe('r1');
      expect(await ready.json()).toMatchObject({ role, isReady: true });

      child.kill('SIGTERM');
      const { code, stdout } = await ended;
      expect(code).toBe(0);
      const lines = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { msg: string; url?: string });
      expect(lines.find(({ msg }) => msg === 'listening')?.url).toBe(message.url);
      expect(lines.at(-1)?.msg).toBe('stopped');
      expect(lines.map(({ msg }) => msg)).not.toContain('not ready, still answering');
    },
  );

  it('goes on taking requests for DRAIN_DELAY_MS after it has become unready', async () => {
    const env = {
      ...(await withoutRedis()),
      DRAIN_DELAY_MS: '5000',
      SHUTDOWN_TIMEOUT_MS: '30000',
    };
    const { child, ended } = run('commerce', env);
    const [{ url }] = (await once(child, 'message')) as [ListeningMessage];
    await whenReady(url);

    const askedAtMs = performance.now();
    child.kill('SIGTERM');
    // Each is a connection of its own: refused at once if the replica no longer accepted any.
    let ready = await getOverNewConnection(`${url}/health/ready`);
    while (ready.status === 200) ready = await getOverNewConnection(`${url}/health/ready`);
    expect(ready).toEqual({ status: 503, connection: 'close' });
    expect(await getOverNewConnection(`${url}/api/v1/stores/none`)).toEqual({
      status: 404,
      connection: 'close',
    });

    const { code, stdout } = await ended;
    expect(performance.now() - askedAtMs).toBeGreaterThanOrEqual(5000);
    expect(code).toBe(0);
    expect(stdout).toContain('"msg":"not ready, still answering"');
    await expect(getOverNewConnection(`${url}/health/live`)).rejects.toThrow(/ECONNREFUSED/);
  });

  it('stops when its parent is gone', async () => {
    const { child } = run('commerce', await withoutRedis());
    await once(child, 'message');
    const exited = once(child, 'exit');
    child.disconnect();
    expect((await exited)[0]).toBe(0);
  });

  it.each(['commerce', 'authoring'] as const)(
    'of %s makes no database where there is none, and changes none that is older',
    async (role) => {
      const env = unprepared();
      const file = (env['DATABASE_URL'] ?? '').slice('sqlite:'.length);
      const missing = await run(role, env).ended;
      expect(missing.code).toBe(1);
      expect(missing.stdout).toContain('database.not-migrated');
      expect(missing.stdout).toContain('run migrate once');
      expect(existsSync(file)).toBe(false);

      new BetterSqlite3(file).exec('CREATE TABLE of_somebody (x)').close();
      const older = await run(role, env).ended;
      expect(older.code).toBe(1);
      expect(older.stdout).toContain('database.not-migrated');
      const tables = new BetterSqlite3(file, { readonly: true }).prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table'",
      );
      expect(tables.all()).toEqual([{ name: 'of_somebody' }]);
    },
  );
});
