import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { eventually } from './eventually.js';
import { dropPackets, packetDropProblem } from './packet-drop.js';

const problem = await packetDropProblem();
const describeIfUsable = problem === undefined ? describe : describe.skip;
const suffix = problem === undefined ? '' : ` (skipped: ${problem})`;

describeIfUsable(`dropPackets${suffix}`, () => {
  let echo: Server;
  let client: Socket;
  let received: string;

  beforeEach(async () => {
    echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    client = connect({ port: (echo.address() as AddressInfo).port, host: '127.0.0.1' });
    received = '';
    client.on('data', (data) => (received += data.toString()));
  });

  afterEach(() => {
    client.destroy();
    echo.close();
  });

  it('closes nothing, answers nothing, and lets everything pass again', async () => {
    const { port } = echo.address() as AddressInfo;
    client.write('a');
    await eventually('the echo', () => received === 'a');
    const drop = await dropPackets(port);
    const late = connect({ port, host: '127.0.0.1' });
    let isConnected = false;
    late.on('connect', () => (isConnected = true));
    try {
      client.write('b');
      await expect(
        eventually('a sign of life', () => received !== 'a' || isConnected || client.closed, {
          withinMs: 300,
        }),
      ).rejects.toThrow('not within');
    } finally {
      await drop.stop();
    }
    await eventually('the repeated packets', () => received === 'ab' && isConnected);
    late.destroy();
  });
});
