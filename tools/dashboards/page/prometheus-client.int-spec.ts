import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PrometheusClient } from './prometheus-client.js';

const RANGE = { startS: 0, endS: 60, stepS: 15 };
const NOTHING = { status: 'success', data: { result: [] } };

let server: Server;
let asked: IncomingMessage[];
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  asked = [];
  answer = (response) => response.end(JSON.stringify(NOTHING));
  server = createServer((request, response) => {
    asked.push(request);
    request.resume();
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function ask(before = '', after = '') {
  const { port } = server.address() as AddressInfo;
  return new PrometheusClient(`http://${before}127.0.0.1:${port}${after}`).range('up', RANGE);
}

it('asks below the path of its address', async () => {
  for (const path of ['', '/', '/prometheus', '/prometheus/']) {
    expect(await ask('', path)).toEqual({ series: [] });
  }
  expect(asked.map(({ url }) => url)).toEqual([
    '/api/v1/query_range',
    '/api/v1/query_range',
    '/prometheus/api/v1/query_range',
    '/prometheus/api/v1/query_range',
  ]);
});

it('shows the name and password of its address, to Prometheus only', async () => {
  expect(await ask('ada:p%40ss@')).toEqual({ series: [] });
  const login = Buffer.from('ada:p@ss').toString('base64');
  expect(asked[0]?.headers.authorization).toBe(`Basic ${login}`);
  expect(await ask()).toEqual({ series: [] });
  expect(asked[1]?.headers.authorization).toBeUndefined();
});

it('says what is no answer of a Prometheus', async () => {
  answer = (response) => response.writeHead(502).end('<h1>Bad Gateway</h1>');
  expect(await ask()).toEqual({ refusal: 'No answer of a Prometheus (HTTP 502)' });
  answer = (response) => response.end('{}');
  expect(await ask()).toEqual({ refusal: 'No answer of a Prometheus (HTTP 200)' });
  answer = (response) => response.destroy();
  expect(await ask()).toEqual({ refusal: 'Prometheus does not answer' });
});

it('reads no more than a page can show', async () => {
  answer = (response) => response.end(`"${'x'.repeat(16 * 1024 ** 2)}"`);
  expect(await ask()).toEqual({ refusal: 'Prometheus answers too much' });
});
