import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { basicEnvironment, temporarySqlite } from '#libs/testing';
import { projectRoot } from '../../tools/lib/run.mjs';

/** Only ends what hangs. */
const ENDS_WITHIN_MS = 180_000;
const SECRET = 'hunter2';

const programs = ['replicas/commerce', 'replicas/authoring', 'tools/migrate'];

interface End {
  readonly code: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program, as it is installed, to its end, with nothing but `env` to configure it. */
function run(program: string, env: Readonly<Record<string, string>>): Promise<End> {
  const file = join(projectRoot, 'dist', `${program}.js`);
  const options = { env: { ...basicEnvironment(), ...env }, timeout: ENDS_WITHIN_MS };
  return new Promise((resolve) => {
    execFile(process.execPath, [file], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stdout, stderr });
    });
  });
}

/** The keys that standard error complains about. */
function complaints({ stderr }: End): string[] {
  return [...stderr.matchAll(/^- (\w+):/gm)].map(([, key]) => key ?? '').sort();
}

describe('a bad configuration', () => {
  const wrong = {
    DATABASE_URL: `mssql://sa:${SECRET}@host/?encrypt=perhaps`,
    DATABASE_COPY_URL: `mssql://sa:${SECRET}@host/?encrypt=perhaps`,
    REDIS_URL: `http://:${SECRET}@host`,
    PORT: '70000',
    HOST: 'not a host',
    REPLICA_ID: '-',
    LOG_LEVEL: 'loud',
    BODY_LIMIT_BYTES: '1 tonne',
    TRUSTED_PROXIES: 'everybody',
    CORS_ORIGINS: 'shop',
    CHANNEL_PREFIX: 'a b',
    CACHE_LEASE_MS: '2 s',
    CACHE_MAX_BYTES: '-1',
    JOBS_WORKER: 'perhaps',
    PUSH_ADAPTER: 'pigeons',
    SHUTDOWN_TIMEOUT_MS: '0',
    MAX_TRANSACTION_MS: '',
  };

  it.each(programs)('of %s: every problem at once, exit 1, and no secret told', async (program) => {
    const end = await run(program, wrong);
    expect(end.code).toBe(1);
    const told = complaints(end);
    expect([...new Set(told)]).toEqual(Object.keys(wrong).sort());
    expect(end.stdout).toBe('');
    expect(end.stderr).not.toContain(SECRET);
    expect(end.stderr).not.toMatch(/^\s+at /m);
  });

  it.each([
    'postgres://host/shop',
    'sqlite:',
    'shop.db',
    'mssql://host',
    'mssql://sa:p@host:port/shop',
    'mssql://sa:p@host/shop?colour=red',
  ])('refuses the DATABASE_URL %s and says why', async (url) => {
    const end = await run('replicas/commerce', { REDIS_URL: 'redis://h', DATABASE_URL: url });
    expect([end.code, complaints(end)]).toEqual([1, ['DATABASE_URL']]);
  });

  it.each(['replicas/authoring', 'tools/migrate'])(
    'of %s: a copy of the database is for replicas that show it',
    async (program) => {
      const end = await run(program, {
        REDIS_URL: 'redis://127.0.0.1:1',
        DATABASE_URL: 'sqlite:primary.db',
        DATABASE_COPY_URL: 'sqlite:copy.db',
      });
      expect([end.code, complaints(end)]).toEqual([1, ['DATABASE_COPY_URL']]);
    },
  );

  it('of values that do not go together is refused as well', async () => {
    const end = await run('replicas/commerce', {
      REDIS_URL: 'redis://127.0.0.1:1',
      CACHE_LEASE_MS: '500',
      CACHE_FOLLOW_INTERVAL_MS: '1000',
    });
    expect(end.code).toBe(1);
    expect(end.stderr).toContain('CACHE_LEASE_MS');
  });

  it('names a file that is no database, without a stack, and leaves it as it is', async () => {
    const sqlite = await temporarySqlite();
    try {
      writeFileSync(sqlite.file, 'no database');
      const env = { DATABASE_URL: sqlite.url, REDIS_URL: 'redis://127.0.0.1:1' };
      const end = await run('tools/migrate', env);
      expect(end).toEqual({
        code: 1,
        stdout: '',
        stderr: 'the database of DATABASE_URL cannot be used: file is not a database\n',
      });
      expect(readFileSync(sqlite.file, 'utf8')).toBe('no database');
    } finally {
      await sqlite.remove();
    }
  });

  it('leaves nothing behind', async () => {
    const sqlite = await temporarySqlite();
    try {
      const end = await run('replicas/authoring', { DATABASE_URL: sqlite.url, PORT: 'x' });
      expect([end.code, complaints(end)]).toEqual([1, ['PORT', 'REDIS_URL']]);
      expect(existsSync(sqlite.file)).toBe(false);
    } finally {
      await sqlite.remove();
    }
  });
});
