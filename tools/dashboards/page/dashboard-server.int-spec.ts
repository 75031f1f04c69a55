import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { DashboardServer } from './dashboard-server.js';

let server: DashboardServer;

beforeEach(async () => {
  const dashboards = [{ name: 'one', title: 'One', panels: [] }];
  const options = { dashboards, prometheusUrl: 'http://127.0.0.1:1', scrapeS: 15 };
  server = await DashboardServer.listen(options, 0);
});

afterEach(() => server.close());

/** The first line of what is answered to a request as it is written. */
async function statusOf(target: string): Promise<string | undefined> {
  const { port } = new URL(server.url);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.end(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  return (await text(socket)).split('\r\n')[0];
}

it('goes on whatever it is asked for', async () => {
  for (const target of ['//', '/no-such', 'http://[', '/one/../..']) {
    expect([target, await statusOf(target)]).toEqual([
      target,
      expect.stringMatching(/^HTTP\/1\.1 (404|302|400) /),
    ]);
  }
  expect(await statusOf('/one')).toBe('HTTP/1.1 200 OK');
});
