import { describe, expect, it } from '@jest/globals';
import { decode } from '@jridgewell/sourcemap-codec';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { basicEnvironment } from '#libs/testing';

const execute = promisify(execFile);
const REDIS_URL = 'redis://127.0.0.1:1';
const ROLES = ['commerce', 'authoring'] as const;

/** Tells at the end which files a process has loaded. */
const TELLING = `data:text/javascript,import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
  process.once('exit', () => console.log(JSON.stringify({ loaded })));`;

/** The longest a process may take; what a start takes is measured by bench:search. */
const LIMIT_MS = 120_000;

describe.each(ROLES)('the bundle of the %s role', (role) => {
  const bundle = `dist/replicas/${role}.js`;

  it('is all that a start loads, but for packages that cannot be in it', async () => {
    const { stdout } = await execute(
      process.execPath,
      ['--import', TELLING, bundle, '--print-config'],
      { env: { ...basicEnvironment(), REDIS_URL }, timeout: LIMIT_MS, maxBuffer: 10_000_000 },
    );
    const { loaded } = JSON.parse(stdout.slice(stdout.indexOf('{"loaded"'))) as {
      loaded: string[];
    };
    const own = loaded.filter((url) => url.includes('/dist/') && !url.includes('/node_modules/'));
    expect(own.map((url) => url.slice(url.indexOf('dist/')))).toEqual([bundle]);
    const packages = loaded.flatMap(
      (url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? [],
    );
    // Others are what these ask for.
    expect(packages).toContain('better-sqlite3');
    for (const name of [
      'typeorm',
      '@nestjs/core',
      'bullmq',
      'zod',
      'fastify',
      'stripe',
      'mssql',
      '@opentelemetry/sdk-trace',
    ]) {
      expect(packages).not.toContain(name);
    }
  });

  it('has one TypeORM, which is that of the framework as well', async () => {
    const code = await readFile(bundle, 'utf8');
    expect(
      code.match(/"[^"]*node_modules\/typeorm\/(?:browser\/)?data-source\/DataSource\.js"/g),
    ).toHaveLength(1);
    expect(code).not.toMatch(/from ?"typeorm"/);
  });

  it('has no drivers of databases that no replica has', async () => {
    expect(await readFile(bundle, 'utf8')).not.toMatch(/(?:Cockroach|Postgres|Oracle)QueryRunner/);
  });

  it('has the threads that it starts beside it', async () => {
    const code = await readFile(bundle, 'utf8');
    const threads = [...code.matchAll(/"\.\/([\w-]+-thread\.js)"/g)].flatMap(
      ([, file]) => file ?? [],
    );
    expect(threads).toContain('read-thread.js');
    const built = await readdir('dist/replicas');
    expect(threads.filter((file) => !built.includes(file))).toEqual([]);
  });

  it('tells errors by the lines of the sources', async () => {
    const failed = execute(process.execPath, [bundle], {
      env: { ...basicEnvironment(), REDIS_URL, DATABASE_URL: 'sqlite:/no/such/folder/shop.db' },
      timeout: LIMIT_MS,
      maxBuffer: 10_000_000,
    });
    const { stdout } = await failed.then(
      () => ({ stdout: 'it started' }),
      (error: { stdout: string }) => error,
    );
    expect(stdout).toMatch(/"stack":"[^"]*libs\/database\/src\/opening\/data-sources\.ts:\d+:\d+/);
  });

  it('has a map of lines of its own sources, because a replica reads it whole with its first error', async () => {
    const { sources, mappings } = JSON.parse(await readFile(`${bundle}.map`, 'utf8')) as {
      sources: string[];
      mappings: string;
    };
    const named = sources.filter((source) => source !== '');
    expect(named.filter((source) => source.endsWith('.ts')).length).toBeGreaterThan(500);
    // Those of packages with maps of their own are not installed.
    const isOwn = (source: string): boolean =>
      !source.includes('node_modules') && existsSync(join(dirname(bundle), source));
    expect(named.filter((source) => !isOwn(source))).toEqual([]);
    const places = decode(mappings).flat();
    const repeated = places.filter(([, source, line], index) => {
      const [, sourceBefore, lineBefore] = places[index - 1] ?? [0, -1];
      return source === sourceBefore && line === lineBefore;
    });
    expect(repeated).toEqual([]);
  });
});
