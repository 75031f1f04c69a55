import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { createLogger, Metrics } from '#libs/observability';
import { eventually, ManualClock } from '#libs/testing';
import { PushClient } from '../../../../test/support/push-client.js';
import { pushErrors } from '../push.errors.js';
import type { PushIo } from './push-server.js';
import type { Addressee } from './rooms.js';
import { SocketSessions } from './socket-sessions.js';

const MAX_UNCONFIRMED_MS = 30_000;

describe('SocketSessions', () => {
  const clock = new ManualClock();
  let http: HttpServer;
  let io: PushIo;
  let sessions: SocketSessions;
  let client: PushClient;
  let checks: number;
  let confirm: () => Promise<Addressee>;

  const known = async (): Promise<Addressee> => ({ userId: 'u', permissions: ['p'] });
  const unknown = () => Promise.reject(new Error('the database is away'));

  beforeEach(async () => {
    checks = 0;
    confirm = known;
    sessions = new SocketSessions(new Metrics(), createLogger({ level: 'silent' }), clock);
    http = createServer();
    io = new Server(http);
    const credential = {
      confirm: () => {
        checks += 1;
        return confirm();
      },
    };
    io.use((socket, next) => {
      sessions.reserve(socket, credential, { userId: 'u', permissions: ['p'] }, '::1');
      next();
    });
    io.on('connection', (socket) => sessions.connected(socket));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const { port } = http.address() as AddressInfo;
    client = await PushClient.connect(`http://127.0.0.1:${port}`, {});
    await eventually('it is watched', () => sessions.size === 1);
  });

  afterEach(async () => {
    client.close();
    sessions.onApplicationShutdown();
    await io.close();
  });

  async function untilChecked(): Promise<void> {
    const before = checks;
    await eventually('it was asked twice more', () => checks >= before + 2);
  }

  it('closes a connection that nobody could confirm for half a minute, and none sooner', async () => {
    confirm = unknown;
    await untilChecked();
    clock.advance(MAX_UNCONFIRMED_MS - 1);
    await untilChecked();
    expect(client.isConnected).toBe(true);
    clock.advance(2);
    await eventually('it is closed', () => !client.isConnected);
    expect(client.disconnectReason).toBe('io server disconnect');
    expect(sessions.size).toBe(0);
  });

  it('counts the half minute from the last confirmation', async () => {
    confirm = unknown;
    clock.advance(MAX_UNCONFIRMED_MS - 1);
    await untilChecked();
    confirm = known;
    await untilChecked();
    confirm = unknown;
    clock.advance(MAX_UNCONFIRMED_MS - 1);
    await untilChecked();
    expect(client.isConnected).toBe(true);
  });

  it('sends in order what the credential allows, and withholds what it does not', async () => {
    const [socket] = await io.fetchSockets();
    const sent: string[] = [];
    const deliver = (room: string, name: string) =>
      sessions.deliver(socket!.id, new Set([room]), () => void sent.push(name));
    deliver('permission:p', 'first');
    deliver('permission:other', 'foreign');
    deliver('user:u', 'second');
    await eventually('the second one is sent', () => sent.includes('second'));
    confirm = unknown;
    deliver('permission:p', 'unconfirmed');
    await untilChecked();
    confirm = known;
    deliver('user:u', 'last');
    await eventually('the last one is sent', () => sent.includes('last'));
    expect(sent).toEqual(['first', 'second', 'last']);
  });

  it('sends nothing, and closes, when the credential has ended', async () => {
    const [socket] = await io.fetchSockets();
    const sent: string[] = [];
    confirm = () => Promise.reject(pushErrors.tokenMissing());
    sessions.deliver(socket!.id, new Set(['permission:p']), () => void sent.push('late'));
    await eventually('it is closed', () => !client.isConnected);
    expect(sent).toEqual([]);
  });
});
