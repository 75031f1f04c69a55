import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { parseDatabaseUrl } from './database-url.js';
import { parseRedisUrl } from './redis-url.js';

describe('DATABASE_URL', () => {
  it('names a SQLite file, relative or absolute', () => {
    expect(parseDatabaseUrl('sqlite:./data/a.db')).toEqual({
      kind: 'sqlite',
      file: resolve('data/a.db'),
    });
    expect(parseDatabaseUrl('sqlite:/var/a.db')).toEqual({ kind: 'sqlite', file: '/var/a.db' });
    expect(parseDatabaseUrl('sqlite:///var/a.db')).toEqual({ kind: 'sqlite', file: '/var/a.db' });
  });

  it('names a SQL Server database with its parameters', () => {
    const text = 'mssql://shop:p%40ss%3A@db.example/lockstep?encrypt=false&poolMax=25';
    expect(parseDatabaseUrl(text)).toEqual({
      kind: 'mssql',
      host: 'db.example',
      port: 1433,
      login: { by: 'password', user: 'shop', password: 'p@ss:' },
      database: 'lockstep',
      encrypt: false,
      trustServerCertificate: false,
      multiSubnetFailover: false,
      poolMax: 25,
      connectTimeoutMs: 15_000,
      requestTimeoutMs: 15_000,
    });
    expect(parseDatabaseUrl('mssql://shop:secret@db.example/lockstep')).toMatchObject({
      encrypt: true,
      trustServerCertificate: false,
    });
  });

  it.each([
    ['mssql://host/db?authentication=managed-identity', { by: 'managed-identity' }],
    [
      'mssql://id@host/db?authentication=managed-identity',
      { by: 'managed-identity', clientId: 'id' },
    ],
    [
      'mssql://id:s%3F@host/db?authentication=service-principal&tenantId=t',
      { by: 'service-principal', clientId: 'id', clientSecret: 's?', tenantId: 't' },
    ],
    ['mssql://host/db?authentication=default-chain', { by: 'default-chain' }],
  ])('reads the login of %s', (text, login) => {
    expect(parseDatabaseUrl(text)).toMatchObject({ login });
  });

  it('reads strict encryption and fail-over over several subnets', () => {
    const text = 'mssql://u:p@host/db?encrypt=strict&multiSubnetFailover=true';
    expect(parseDatabaseUrl(text)).toMatchObject({ encrypt: 'strict', multiSubnetFailover: true });
  });

  it.each([
    ['sqlite:', /must name a file/],
    ['sqlite::memory:', /cannot be used/],
    ['sqlite:a.db?mode=ro', /takes no parameters/],
    ['sqlite://relative.db', /must name a file/],
    ['mysql://x', /must start with sqlite: or mssql/],
    ['mssql://host/db', /names no user; names no password/],
    ['mssql://u:p@host', /names no database/],
    ['mssql://u:p@host/db?encrypt=yes', /parameter encrypt must be true, false, strict/],
    ['mssql://u:p@host/db?poolMax=0', /parameter poolMax must be a whole number from 2 to 500/],
    ['mssql://u:p@host/db?pollMax=5', /parameter pollMax is unknown/],
    ['mssql://u:%E0%A4%A@host/db', /password is not percent-encoded/],
    ['mssql://u:p@host/db?authentication=kerberos', /parameter authentication must be password, /],
    ['mssql://u:p@host/db?authentication=managed-identity', /takes no password/],
    ['mssql://u:p@host/db?authentication=service-principal', /names no tenantId/],
    ['mssql://u:p@host/db?tenantId=t', /parameter tenantId is unknown/],
    ['mssql:u:p@host/db', /must look like mssql:\/\//],
  ])('refuses %s', (text, problem) => {
    expect(() => parseDatabaseUrl(text)).toThrow(problem);
  });
});

describe('REDIS_URL', () => {
  it.each([
    ['redis://cache', { host: 'cache', port: 6379, database: 0, tls: false }],
    ['rediss://cache:7000/3', { host: 'cache', port: 7000, database: 3, tls: true }],
    ['redis://:s%2Fcret@cache', { password: 's/cret', host: 'cache' }],
    ['redis://:s@cret@cache', { password: 's@cret', host: 'cache' }],
    ['redis://me:secret@[::1]:6379', { username: 'me', password: 'secret', host: '::1' }],
  ])('reads %s', (text, expected) => {
    expect(parseRedisUrl(text)).toMatchObject({ kind: 'standalone', ...expected });
  });

  it('names nodes of a cluster', () => {
    expect(parseRedisUrl('rediss+cluster://me:s%40@a,[::1]:7001')).toEqual({
      kind: 'cluster',
      nodes: [
        { host: 'a', port: 6379 },
        { host: '::1', port: 7001 },
      ],
      username: 'me',
      password: 's@',
      database: 0,
      tls: true,
    });
  });

  it('reads a list of Sentinels', () => {
    const text = 'redis+sentinel://me:secret@a,b:26380/shop/2?sentinelPassword=other';
    expect(parseRedisUrl(text)).toEqual({
      kind: 'sentinel',
      sentinels: [
        { host: 'a', port: 26_379 },
        { host: 'b', port: 26_380 },
      ],
      group: 'shop',
      username: 'me',
      password: 'secret',
      sentinelPassword: 'other',
      database: 2,
      tls: false,
    });
  });

  it('reads the comma form of Azure, with a key that ends in "="', () => {
    const text = 'shop.redis.example:6380,password=abc+/==,ssl=True,abortConnect=False';
    expect(parseRedisUrl(text)).toEqual({
      kind: 'standalone',
      host: 'shop.redis.example',
      port: 6380,
      password: 'abc+/==',
      database: 0,
      tls: true,
    });
  });

  it.each([
    ['http://cache', /must start with redis:/],
    ['banana', /host:port/],
    ['redis://', /host:port/],
    ['redis://cache:99999', /host:port/],
    ['redis://cache/x', /database must be a number/],
    ['redis://cache?db=1', /parameter db is unknown/],
    ['redis+sentinel://a,b', /names no group/],
    ['redis+cluster://a,b/1', /only one/],
    ['redis+cluster://a?sentinelPassword=x', /sentinelPassword is unknown/],
    ['host:6380,ssl=perhaps', /option ssl must be True or False/],
    ['host:6380,pasword=x', /unknown option: pasword/],
    ['a:6379,b:6379', /several hosts need serviceName=/],
    ['password=x', /names no host/],
  ])('refuses %s', (text, problem) => {
    expect(() => parseRedisUrl(text)).toThrow(problem);
  });
});
