import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { parseDatabaseUrl } from '#libs/config';
import { eventually, opensslProblem, TdsStandIn, type TdsStandInOptions } from '#libs/testing';
import { readTurns } from '../connections/connection-parts.js';
import { readOptions } from '../opening/data-sources.js';
import { PooledReads } from '../reads/pooled-reads.js';
import { mayOpenLater } from '../opening/may-open-later.js';
import { ensureRowVersions, initialize, requireRowVersions } from './open-mssql.js';

const problem = opensslProblem();
const describeIfThere = problem === undefined ? describe : describe.skip;
const note = problem === undefined ? '' : ` (skipped: ${problem})`;

describeIfThere(`the driver of SQL Server${note}`, () => {
  let folder: string;
  let tls: { key: string; cert: string };
  let server: TdsStandIn;
  let source: DataSource | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep-tls-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    await promisify(execFile)('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert],
    ]);
    tls = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  });
  afterAll(() => rm(folder, { recursive: true }));
  afterEach(async () => {
    if (source?.isInitialized === true) await source.destroy();
    await server.stop();
  });

  const open = async (options: TdsStandInOptions, parameters: string, tlsCa?: string) => {
    server = await TdsStandIn.start(options);
    const url = parseDatabaseUrl(`mssql://me:secret@localhost:${server.port}/shop?${parameters}`);
    const target = url.kind === 'mssql' && tlsCa !== undefined ? { ...url, tlsCa } : url;
    source = new DataSource(readOptions(target));
    return initialize(source);
  };

  it('sends a statement and nothing before it, on a connection it has used before', async () => {
    const opened = await open({}, 'encrypt=false');
    await opened.query('SELECT 1 AS first');
    const before = server.statements.length;
    await opened.query('SELECT 2 AS second');
    await opened.query('SELECT 3 AS third');
    expect(server.statements.slice(before)).toEqual([
      expect.stringContaining('SELECT 2 AS second'),
      expect.stringContaining('SELECT 3 AS third'),
    ]);
  });

  it('cancels on the server what is read for somebody who is gone, and reads on', async () => {
    // The driver cancels by itself what takes too long: that must not be what is seen here.
    const opened = await open(
      { holds: (text) => text.includes('AS slow') },
      'encrypt=false&requestTimeoutMs=600000',
    );
    const reads = new PooledReads(opened, readTurns(10), 60_000);
    const aborter = new AbortController();
    const read = reads.read(
      { text: 'SELECT 1 AS slow', parameters: [] },
      { signal: aborter.signal },
    );
    const outcome = expect(read).rejects.toThrow('gone');
    await eventually('the statement is under way', () =>
      server.statements.some((text) => text.includes('AS slow')),
    );
    aborter.abort(new Error('gone'));
    await eventually('the server is told to end it', () => server.cancellations === 1);
    await outcome;
    const quick = { text: 'SELECT 1 AS quick', parameters: [] };
    expect(await reads.read(quick)).toEqual([{ quick: '1' }]);
    await expect(reads.read(quick, { signal: aborter.signal })).rejects.toThrow('gone');
    const stays = new AbortController().signal;
    expect(await reads.read(quick, { signal: stays })).toEqual([{ quick: '1' }]);
  });

  it('declares parameters alike whatever their values are', async () => {
    const opened = await open({}, 'encrypt=false');
    const declarations: (string | undefined)[] = [];
    for (const values of [
      ['a', 1, 0.5],
      ['a longer text', 2 ** 40, 7.25],
    ]) {
      await opened.query('SELECT @0 AS a, @1 AS b, @2 AS c', values);
      declarations.push(/@0 nv.*?float/s.exec(server.statements.at(-1) ?? '')?.[0]);
    }
    expect(declarations).toEqual(Array(2).fill('@0 nvarchar(4000), @1 bigint, @2 float'));
  });

  it('sends texts above 4,000 characters complete', async () => {
    const opened = await open({}, 'encrypt=false');
    await opened.query('SELECT @0 AS a', ['x'.repeat(4_001)]);
    expect(server.statements.at(-1)).toContain('@0 nvarchar(max)');
  });

  it.each([
    ['encrypt=true', false],
    ['encrypt=strict', true],
  ])('trusts a server of the given authority with %s', async (parameters, isStrict) => {
    const opened = await open({ tls, isStrict }, parameters, tls.cert);
    expect(await opened.query('SELECT 1 AS one')).toEqual([{ one: '1' }]);
  });

  it.each([
    ['encrypt=true', false],
    ['encrypt=strict', true],
  ])('refuses a certificate that is not trusted at once with %s', async (parameters, isStrict) => {
    const refused: unknown = await open({ tls, isStrict }, parameters).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({
      code: 'database.certificate-not-trusted',
      message: expect.stringContaining('DATABASE_TLS_CA_FILE'),
    });
    expect(mayOpenLater(refused)).toBe(false);
    expect(server.logins).toBe(0);
  });

  it('refuses a database whose readers wait for writers, and says how to change that', async () => {
    const contentOf = (text: string) => (text.includes('read_committed_snapshot') ? '0' : '1');
    const opened = await open({ contentOf }, 'encrypt=false');
    await expect(requireRowVersions(opened)).rejects.toMatchObject({
      code: 'database.no-row-versions',
      message: expect.stringContaining('SET READ_COMMITTED_SNAPSHOT ON'),
    });
    await ensureRowVersions(opened);
    expect(server.statements.at(-1)).toContain(
      'ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON',
    );
  });
});
