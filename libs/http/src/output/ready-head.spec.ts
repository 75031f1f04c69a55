import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { createServer, ServerResponse, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ReadyHead } from './ready-head.js';

const HEAD = ['x-request-id', '', 'etag', '"1"', 'surrogate-key', 'product:1 price:1'];
const KEPT = 'GET / HTTP/1.1\r\nHost: shop\r\n\r\n';
const LAST = 'GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n';

describe('the head of an answer that is sent again', () => {
  let server: Server;
  let ids: string[];
  let head: ReadyHead;
  let body: string | undefined;
  let putTogether: ReturnType<typeof jest.spyOn>;

  beforeEach(async () => {
    head = new ReadyHead(200, [...HEAD, 'content-length', '2']);
    body = 'ok';
    ids = ['first', 'second', 'third', 'fourth'];
    server = createServer((_request, response) => {
      head.write(response, ids.shift() ?? 'none');
      response.end(body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    putTogether = jest.spyOn(ServerResponse.prototype, 'writeHead');
  });

  afterEach(() => {
    jest.restoreAllMocks();
    server.close();
  });

  /** What comes back for requests that are sent at once; the last of them closes the connection. */
  async function answersTo(...requests: string[]): Promise<string[]> {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(requests.join(''));
    return (await text(socket)).split(/(?=HTTP\/1\.1)/);
  }

  const headOf = (id: string, connection: string) => [
    'HTTP/1.1 200 OK',
    `x-request-id: ${id}`,
    ...['etag: "1"', 'surrogate-key: product:1 price:1', 'content-length: 2'],
    `Date: ${new Date(0).toUTCString()}`,
    connection,
  ];
  const withoutDate = (answer: string) =>
    answer.replace(/^Date: [A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT\r$/m, () => {
      return `Date: ${new Date(0).toUTCString()}\r`;
    });

  it('is put together once, and differs in nothing but the id and the date', async () => {
    const answers = await answersTo(KEPT, KEPT, KEPT, LAST);
    const open = 'Connection: keep-alive\r\nKeep-Alive: timeout=5';
    expect(answers.map(withoutDate)).toEqual([
      `${headOf('first', open).join('\r\n')}\r\n\r\nok`,
      `${headOf('second', open).join('\r\n')}\r\n\r\nok`,
      `${headOf('third', open).join('\r\n')}\r\n\r\nok`,
      `${headOf('fourth', 'Connection: close').join('\r\n')}\r\n\r\nok`,
    ]);
    // Of the first, and of the one that closes its connection.
    expect(putTogether).toHaveBeenCalledTimes(2);
  });

  it('tells a client that leaves, or is of HTTP/1.0, what fits its connection', async () => {
    await answersTo(KEPT, LAST);
    const [old] = await answersTo('GET / HTTP/1.0\r\n\r\n');
    expect(old).toContain('\r\nConnection: close\r\n');
  });

  it('closes a connection that has had as many requests as the server allows', async () => {
    server.maxRequestsPerSocket = 3;
    // Node.js says that it closes, and waits for the client to do so.
    server.keepAliveTimeout = 200;
    const answers = await answersTo(KEPT, KEPT, KEPT);
    expect(answers.map((answer) => /Connection: \S+/.exec(answer)?.[0])).toEqual([
      'Connection: keep-alive',
      'Connection: keep-alive',
      'Connection: close',
    ]);
  });

  it('has the date of its sending', async () => {
    await answersTo(KEPT, LAST);
    const later = Date.now() + 3_600_000;
    jest.spyOn(Date, 'now').mockReturnValue(later);
    const [answer] = await answersTo(KEPT, LAST);
    expect(answer).toContain(`\r\nDate: ${new Date(later).toUTCString()}\r\n`);
  });

  it('has no body when the client has it already', async () => {
    head = new ReadyHead(304, HEAD);
    body = undefined;
    const [first, second] = await answersTo(KEPT, KEPT, LAST);
    expect(withoutDate(second ?? '')).toBe(withoutDate(first ?? '').replace('first', 'second'));
    expect(second).toMatch(/^HTTP\/1\.1 304 Not Modified\r\n/);
  });

  it('is put together each time by a Node.js that keeps it elsewhere', async () => {
    const written: unknown[] = [];
    const response = {
      shouldKeepAlive: true,
      writeHead: (status: number, names: string[]) => written.push([status, names[1]]),
    };
    head.write(response as unknown as ServerResponse, 'a');
    head.write(response as unknown as ServerResponse, 'b');
    expect(written).toEqual([
      [200, 'a'],
      [200, 'b'],
    ]);
  });
});
