import { afterEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { parseDatabaseUrl } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { TdsStandIn } from '#libs/testing';
import { writeOptions } from '../opening/data-sources.js';
import { UnitOfWork } from './unit-of-work.js';

describe('the wait for an application lock of SQL Server', () => {
  let server: TdsStandIn;
  let writer: DataSource;

  afterEach(async () => {
    await writer.destroy();
    await server.stop();
  });

  it.each([
    ['the unit of work', 10_000, 15_000],
    ['a statement', 60_000, 10_000],
  ])('ends before the time of %s', async (_what, maxTransactionMs, requestTimeoutMs) => {
    server = await TdsStandIn.start();
    const url = `mssql://me:secret@localhost:${server.port}/shop?encrypt=false&requestTimeoutMs=${requestTimeoutMs}`;
    const waits: unknown[] = [];
    writer = await new DataSource({
      ...writeOptions(parseDatabaseUrl(url)),
      logging: ['query'],
      logger: {
        log: () => undefined,
        logMigration: () => undefined,
        logQueryError: () => undefined,
        logQuerySlow: () => undefined,
        logSchemaBuild: () => undefined,
        logQuery: (text, parameters?: unknown[]) => {
          if (text.includes('sp_getapplock')) waits.push(parameters?.at(-1));
        },
      },
    }).initialize();
    const unitOfWork = new UnitOfWork(writer, {
      dialect: 'mssql',
      origin: 'test',
      clock: systemClock,
      maxTransactionMs,
      maxAttempts: 1,
      onListenerFailure: () => undefined,
    });
    await unitOfWork.run((tx) => tx.lock('shared'));
    expect(waits).toEqual([expect.any(Number)]);
    expect(waits[0]).toBeLessThanOrEqual(9_000);
    expect(waits[0]).toBeGreaterThan(4_000);
  });
});
