import { describe, expect, it } from '@jest/globals';
import { configRows } from './config-table.js';
import { ConfigurationError } from './configuration-error.js';
import { describeConfig } from './describe-config.js';
import { loadConfig, type Environment } from './load-config.js';
import type { Role } from './sections.js';

const REDIS_URL = 'redis://127.0.0.1:6379';

const alphabetical = (a: string, b: string) => a.localeCompare(b);

function problemsOf(environment: Environment, role: Role = 'commerce'): readonly string[] {
  try {
    loadConfig(environment, role);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('needs nothing but a Redis', () => {
    const config = loadConfig({ REDIS_URL }, 'commerce');
    expect(config.runtime).toMatchObject({ role: 'commerce', port: 3000, host: '127.0.0.1' });
    expect(config.runtime.replicaId).toMatch(/^commerce-.+-\d+$/);
    expect(config.http).toMatchObject({
      bodyLimitBytes: 262_144,
      uploadLimitBytes: 200 * 1024 ** 2,
      trustedProxies: [],
      corsOrigins: [],
    });
    expect(config.database.url.kind).toBe('sqlite');
    expect(config.cache).toEqual({
      followIntervalMs: 1000,
      leaseMs: 2000,
      maxStaleMs: 60_000,
      maxBytes: 128 * 1024 ** 2,
      recordMaxBytes: 128 * 1024 ** 2,
      maxLoads: 64,
      verifyPerSecond: 1,
      warmStartMs: 3000,
    });
    expect(config.redis.channelPrefix).toBe('lockstep');
    expect(config.push.adapter).toBe('pubsub');
  });

  it('reports every problem at once', () => {
    const problems = problemsOf({
      DATABASE_URL: 'postgres://somewhere',
      PORT: '70000',
      JOBS_WORKER: 'maybe',
      PUSH_ADAPTER: 'carrier-pigeon',
      CACHE_MAX_BYTES: 'lots',
      CHANNEL_PREFIX: 'a b',
      CORS_ORIGINS: 'https://shop.example/path',
      TRUSTED_PROXIES: '10.0.0.0/33',
    });
    expect(problems.map((problem) => problem.split(':')[0] ?? '').toSorted(alphabetical)).toEqual([
      'CACHE_MAX_BYTES',
      'CHANNEL_PREFIX',
      'CORS_ORIGINS',
      'DATABASE_URL',
      'JOBS_WORKER',
      'PORT',
      'PUSH_ADAPTER',
      'REDIS_URL',
      'TRUSTED_PROXIES',
    ]);
  });

  it.each(configRows)('never replaces an empty %s by its default', (key) => {
    expect(problemsOf({ REDIS_URL, [key]: '' })).toEqual([
      `${key}: is set but empty; give it a value or remove it`,
    ]);
  });

  it.each([
    ['PORT', '0x1F90', /^PORT: must be a whole number/],
    ['PORT', '8e3', /^PORT: must be a whole number/],
    ['TRUSTED_PROXIES', 'proxy.example', /^TRUSTED_PROXIES: .* is neither an IP address/],
  ])('takes for %s no %s', (key, text, problem) => {
    expect(problemsOf({ REDIS_URL, [key]: text })).toEqual([expect.stringMatching(problem)]);
  });

  it('refuses a lease that is not longer than the follow interval', () => {
    const problems = problemsOf({
      REDIS_URL,
      CACHE_LEASE_MS: '500',
      CACHE_FOLLOW_INTERVAL_MS: '500',
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^CACHE_LEASE_MS: 500 must be greater/);
  });

  it('refuses to call a replica unready while its lease still holds', () => {
    const problems = problemsOf({ REDIS_URL, CACHE_LEASE_MS: '2000', CACHE_MAX_STALE_MS: '1999' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^CACHE_MAX_STALE_MS: 1999 must be at least/);
  });

  it('refuses a drain delay that leaves no time to close', () => {
    const problems = problemsOf({ REDIS_URL, DRAIN_DELAY_MS: '500', SHUTDOWN_TIMEOUT_MS: '500' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^DRAIN_DELAY_MS: 500 must be less than SHUTDOWN_TIMEOUT_MS/);
    const env = { REDIS_URL, DRAIN_DELAY_MS: '499', SHUTDOWN_TIMEOUT_MS: '500' };
    expect(loadConfig(env, 'commerce').runtime).toMatchObject({
      drainDelayMs: 499,
      closeTimeoutMs: 1,
    });
  });

  it('runs workers only in authoring, and not there when told so', () => {
    expect(loadConfig({ REDIS_URL, JOBS_WORKER: 'true' }, 'commerce').jobs.worker).toBe(false);
    expect(loadConfig({ REDIS_URL }, 'authoring').jobs.worker).toBe(true);
    expect(loadConfig({ REDIS_URL, JOBS_WORKER: 'false' }, 'authoring').jobs.worker).toBe(false);
  });

  it('takes a copy of the database, from a file too', () => {
    const url = { DATABASE_URL: 'mssql://shop:a@primary/shop' };
    const copy = 'mssql://reader:b@secondary/shop';
    const given = loadConfig({ REDIS_URL, ...url, DATABASE_COPY_URL: copy }, 'commerce');
    expect(given.database.copyUrl).toMatchObject({
      host: 'secondary',
      login: { user: 'reader' },
    });
    const fromFile = { REDIS_URL, ...url, DATABASE_COPY_URL_FILE: '/run/secrets/copy' };
    const { database } = loadConfig(fromFile, 'commerce', () => `${copy}\n`);
    expect(database.copyUrl).toEqual(given.database.copyUrl);
    expect(loadConfig({ REDIS_URL }, 'commerce').database.copyUrl).toBeUndefined();
  });

  it('refuses a copy of the database in authoring', () => {
    const environment = { REDIS_URL, DATABASE_COPY_URL: 'sqlite:copy.db' };
    expect(problemsOf(environment)).toEqual([]);
    const problems = problemsOf(environment, 'authoring');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^DATABASE_COPY_URL: is for commerce only/);
  });

  it.each([
    ['sqlite:a.db', 'sqlite:./a.db', /names the same database/],
    ['mssql://u:p@db/shop', 'mssql://other:p@DB:1433/Shop?poolMax=5', /names the same database/],
    ['mssql://u:p@db/shop', 'sqlite:a.db', /names a sqlite database, and DATABASE_URL a mssql one/],
    ['sqlite:a.db', 'mssql://u:p@db/shop', /names a mssql database/],
  ])('refuses for %s the copy %s', (primary, copy, problem) => {
    const problems = problemsOf({ REDIS_URL, DATABASE_URL: primary, DATABASE_COPY_URL: copy });
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  it.each([
    ['sqlite:a.db', 'sqlite:b.db'],
    ['mssql://u:p@db/shop', 'mssql://u:p@db/copy'],
    ['mssql://u:p@db/shop', 'mssql://u:p@db:1434/shop'],
  ])('takes for %s the copy %s', (primary, copy) => {
    expect(problemsOf({ REDIS_URL, DATABASE_URL: primary, DATABASE_COPY_URL: copy })).toEqual([]);
  });

  it('reads secrets from files and refuses a key that is set twice', () => {
    const files = new Map([['/run/secrets/redis', `${REDIS_URL}\n`]]);
    const readFile = (path: string) => {
      const text = files.get(path);
      if (text === undefined) throw Object.assign(new Error('no'), { code: 'ENOENT' });
      return text;
    };
    const config = loadConfig({ REDIS_URL_FILE: '/run/secrets/redis' }, 'commerce', readFile);
    expect(config.redis.url).toMatchObject({ host: '127.0.0.1', port: 6379 });
    expect(config.sources.find(({ key }) => key === 'REDIS_URL')?.text).toBe(REDIS_URL);
    const noSecret = { REDIS_URL, LOG_LEVEL_FILE: '/run/secrets/redis' };
    expect(loadConfig(noSecret, 'commerce', readFile).runtime.logLevel).toBe('info');

    const both = { REDIS_URL, REDIS_URL_FILE: '/run/secrets/redis' };
    expect(() => loadConfig(both, 'commerce', readFile)).toThrow(/set twice/);
    expect(() => loadConfig({ REDIS_URL_FILE: '/nowhere' }, 'commerce', readFile)).toThrow(
      'The configuration has 1 problem(s):\n- REDIS_URL_FILE: the file "/nowhere" cannot be read (ENOENT)',
    );
  });

  it('names no secret in a problem', () => {
    const problems = problemsOf({
      REDIS_URL: 'redis://user:hunter2@host:notaport',
      DATABASE_URL: 'mssql://sa:hunter2@host/?encrypt=perhaps',
      DATABASE_COPY_URL: 'mssql://sa:hunter2@host/?encrypt=perhaps',
      REDIS_TLS_CA: 'hunter2',
    });
    expect(problems).toHaveLength(4);
    expect(problems.join()).not.toContain('hunter2');
  });
});

describe('describeConfig', () => {
  it('prints what is in effect and masks every secret', () => {
    const text = describeConfig(
      loadConfig(
        {
          REDIS_URL: 'rediss+sentinel://user:hunter2@a,b/group?sentinelPassword=hunter2',
          DATABASE_URL: 'mssql://sa:hunter2%40@db:1433/shop?encrypt=true',
          REDIS_TLS_CA: '-----BEGIN CERTIFICATE-----hunter2',
          PORT: '8080',
        },
        'authoring',
      ),
    );
    expect(text).not.toContain('hunter2');
    expect(text).toContain('PORT=8080  # environment');
    expect(text).toContain('CHANNEL_PREFIX=lockstep  # default');
    expect(text).toContain('DATABASE_URL=mssql://sa:***@db:1433/shop?encrypt=true');
    expect(text).toContain('REDIS_URL=rediss+sentinel://user:***@a,b/group?sentinelPassword=***');
  });

  it('masks the password of the copy', () => {
    const text = describeConfig(
      loadConfig(
        {
          REDIS_URL,
          DATABASE_URL: 'mssql://sa:hunter2@db/shop',
          DATABASE_COPY_URL: 'mssql://reader:hunter2@copy/shop',
        },
        'commerce',
      ),
    );
    expect(text).not.toContain('hunter2');
    expect(text).toContain('DATABASE_COPY_URL=mssql://reader:***@copy/shop  # environment');
  });

  it('masks the password of a comma-separated connection string', () => {
    const REDIS = 'shop.redis.example:6380,password=hunter2==,ssl=True,abortConnect=False';
    const text = describeConfig(loadConfig({ REDIS_URL: REDIS }, 'commerce'));
    expect(text).toContain('password=***,ssl=True');
    expect(text).not.toContain('hunter2');
  });

  describe('TLS to Redis', () => {
    const TLS_URL = 'rediss://cache:6379';
    const REDIS_TLS_CERT = '-----BEGIN CERTIFICATE-----';
    const REDIS_TLS_KEY = '-----BEGIN PRIVATE KEY-----';

    it.each([
      [{ REDIS_URL: TLS_URL, REDIS_TLS_CERT }, /^REDIS_TLS_KEY: is required/],
      [{ REDIS_URL: TLS_URL, REDIS_TLS_KEY }, /^REDIS_TLS_CERT: is required/],
      [
        { REDIS_URL: TLS_URL, REDIS_TLS_CERT, REDIS_TLS_KEY: 'hunter2' },
        /^REDIS_TLS_KEY: must be a PEM/,
      ],
      [
        { REDIS_URL: TLS_URL, REDIS_TLS_CERT: 'hunter2', REDIS_TLS_KEY },
        /^REDIS_TLS_CERT: must be a PEM/,
      ],
      [{ REDIS_URL, REDIS_TLS_CA: REDIS_TLS_CERT }, /^REDIS_TLS_CA: is for TLS/],
    ])('refuses %o', (given, problem) => {
      expect(problemsOf(given)).toEqual([expect.stringMatching(problem)]);
    });

    it('takes a certificate with its key', () => {
      const { redis } = loadConfig(
        { REDIS_URL: TLS_URL, REDIS_TLS_CERT, REDIS_TLS_KEY },
        'commerce',
      );
      expect(redis.tls).toEqual({ ca: undefined, cert: REDIS_TLS_CERT, key: REDIS_TLS_KEY });
    });
  });

  describe('limits of SQL Server', () => {
    const DATABASE_URL = 'mssql://u:p@host/db?poolMax=8';
    const read = (more: Environment) =>
      loadConfig({ REDIS_URL, DATABASE_URL, ...more }, 'commerce');

    it.each([
      [
        { DATABASE_URL: 'mssql://u:p@host/db?requestTimeoutMs=20001' },
        /^DATABASE_URL: requestTimeoutMs \(20001\) must be at most 20000/,
      ],
      [{ MAX_TRANSACTION_MS: '7000' }, /requestTimeoutMs \(15000\) must be at most 14000/],
      [
        {
          DATABASE_URL: 'mssql://u:p@host/db?trustServerCertificate=true',
          DATABASE_TLS_CA: '-----BEGIN CERTIFICATE-----',
        },
        /^DATABASE_TLS_CA: is not used with/,
      ],
      [
        { DATABASE_URL: 'sqlite:a.db', DATABASE_TLS_CA: '-----BEGIN CERTIFICATE-----' },
        /^DATABASE_TLS_CA: is for SQL Server/,
      ],
    ])('refuses %o', (more, problem) => {
      expect(problemsOf({ REDIS_URL, DATABASE_URL, ...more })).toEqual([
        expect.stringMatching(problem),
      ]);
    });

    it('gives the authority to the address', () => {
      const pem = '-----BEGIN CERTIFICATE-----';
      expect(read({ DATABASE_TLS_CA: pem }).database.url).toMatchObject({ tlsCa: pem });
    });
  });
});
