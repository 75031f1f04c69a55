import { DataSource } from 'typeorm';
import { parseDatabaseUrl } from '#libs/config';
import { writeOptions } from '#libs/database';
import { newId } from '#libs/kernel';
import { eventually } from './eventually.js';
import type { DatabaseFixture } from './describe-on-each-database.js';

const PREFIX = 'lockstep_test_';
/** Longer than any suite runs: what is older belongs to a run that was killed. */
const ABANDONED_MS = 6 * 3_600_000;

/**
 * A database of the test's own on the server of `serverUrl`
 * (`mssql://user:password@host:1433/master?encrypt=true`), whose login may create databases. Those
 * that killed runs have left behind go on the way.
 */
export async function temporaryMssql(serverUrl: string): Promise<DatabaseFixture> {
  const name = `${PREFIX}${Date.now()}_${newId().slice(-12)}`;
  await withServer(serverUrl, async (server) => {
    await dropAbandoned(server);
    await server.query(`CREATE DATABASE ${name}`);
  });
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    kind: 'mssql',
    url: url.href,
    remove: () =>
      withServer(serverUrl, async (server) => {
        // The server notices a moment later that the connections were closed.
        await eventually(`${name} is no longer in use`, async () => {
          await server.query(`DROP DATABASE IF EXISTS ${name}`);
          return true;
        });
      }),
  };
}

async function dropAbandoned(server: DataSource): Promise<void> {
  const rows = await server.query<{ readonly name: string }[]>(
    `SELECT name FROM sys.databases WHERE name LIKE '${PREFIX}%'`,
  );
  for (const { name } of rows) {
    const madeAt = Number(name.slice(PREFIX.length).split('_')[0]);
    if (!(Date.now() - madeAt > ABANDONED_MS)) continue;
    // Another worker may be dropping it as well.
    await server.query(`DROP DATABASE IF EXISTS ${name}`).catch(() => undefined);
  }
}

async function withServer(url: string, work: (server: DataSource) => Promise<void>): Promise<void> {
  const server = await new DataSource(writeOptions(parseDatabaseUrl(url))).initialize();
  try {
    await work(server);
  } finally {
    await server.destroy();
  }
}
