import BetterSqlite3 from 'better-sqlite3';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { describeOnEachDatabase, eventually, gate, temporarySqlite } from '#libs/testing';
import type { SqliteFixture } from '#libs/testing';
import { ReadThreads } from '../../../database/src/reads/read-threads.js';
import { OutputWorld } from '../../test/output-world.js';
import { RequestTracker } from './request-tracker.js';

/** Keeps the one thread at work for as long as the test lasts, and can be given up between two rows. */
const ENDLESS = {
  text: `WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)
         SELECT NULL AS absent FROM c WHERE x % 1000 = 0`,
  parameters: [],
};
const QUERY = { text: 'SELECT 1 AS one', parameters: [] };

describeOnEachDatabase('clients that go away', (open) => {
  let world: OutputWorld;
  let sqlite: SqliteFixture;
  let threads: ReadThreads;
  let sockets: Socket[];

  beforeAll(async () => {
    world = await OutputWorld.start(open);
    sqlite = await temporarySqlite();
    new BetterSqlite3(sqlite.file).exec('CREATE TABLE pair (a INTEGER)').close();
  });

  afterAll(async () => {
    await world?.close();
    await sqlite.remove();
  });

  beforeEach(async () => {
    await world.reset();
    sockets = [];
    threads = new ReadThreads(sqlite.file, {
      threads: 1,
      waitMs: 3_600_000,
      limitMs: 3_600_000,
      onThreadLost: () => undefined,
    });
  });

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await threads.close();
  });

  /** A client that asks for a page; resolves when its request is out. */
  function ask(path: string): Promise<Socket> {
    return new Promise((resolve) => {
      const socket = connect(world.port, '127.0.0.1', () =>
        socket.write(`GET /api/v1/pages/${path} HTTP/1.1\r\nHost: shop\r\n\r\n`, () =>
          resolve(socket),
        ),
      );
      socket.on('error', () => undefined);
      sockets.push(socket);
    });
  }

  describe.each([
    ['whose answer is stored', 'loaded'],
    ['whose answer is not stored', 'asked'],
  ])('while a page is built %s', (_what, route) => {
    it('take their query out of the queue of the database', async () => {
      let isBlocked = true;
      const blocking = threads.read(ENDLESS).catch(() => (isBlocked = false));
      await eventually('the thread is at work', () => threads.waiting === 0);
      let reason: unknown;
      world.work.load = async (name, signal) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
        });
        const rows = await threads.read(QUERY, { signal });
        return { name, rows };
      };
      const client = await ask(`${route}/a`);
      await eventually('its query waits', () => threads.waiting === 1);
      client.destroy();
      await eventually('the query waits no more', () => threads.waiting === 0);
      expect(isBlocked).toBe(true);
      // Not because something else lost its patience.
      expect(reason).toMatchObject({ code: 'http.client-gone' });
      await threads.close();
      await blocking;
      world.work.load = (name) => Promise.resolve({ name });
      expect((await world.page(`${route}/a`)).body).toBe('{"of":{"name":"a"}}');
    });

    it('leave the query to others who wait for the same', async () => {
      const signals: AbortSignal[] = [];
      const release = gate();
      world.work.load = async (name, signal) => {
        signals.push(signal);
        await release.opened;
        return { name };
      };
      const first = await ask(`${route}/a`);
      await eventually('the first has begun', () => signals.length === 1);
      const others = [world.page(`${route}/a`), ask(`${route}/a`)] as const;
      const third = await others[1];
      const tracker = world.app.get(RequestTracker);
      await eventually('all have come', () => tracker.inFlight === 3);
      const before = await connections();
      first.destroy();
      third.destroy();
      await eventually('two are gone', async () => (await connections()) === before - 2);
      expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
      release.open();
      const { status, body } = await others[0];
      expect([status, body]).toEqual([200, '{"of":{"name":"a"}}']);
      expect(signals).toHaveLength(1);
    });
  });

  function connections(): Promise<number> {
    return new Promise((resolve, reject) => {
      const server = world.app.getHttpServer() as import('node:net').Server;
      server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });
  }
});
