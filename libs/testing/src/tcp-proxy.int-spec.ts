import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { eventually } from './eventually.js';
import { TcpProxy } from './tcp-proxy.js';

describe('TcpProxy', () => {
  let echo: Server;
  let proxy: TcpProxy;
  const clients: Socket[] = [];

  beforeEach(async () => {
    echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    proxy = await TcpProxy.start({ targetPort: (echo.address() as AddressInfo).port });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await proxy.stop();
    echo.close();
  });

  /** Round trips through a proxy that nothing holds back: what it was not faster than was held. */
  const overtake = async (): Promise<void> => {
    const open = await TcpProxy.start({ targetPort: (echo.address() as AddressInfo).port });
    try {
      const other = dial(open.port);
      for (let trip = 1; trip <= 20; trip += 1) {
        other.socket.write('o');
        await eventually('the round trip', () => other.received().length === trip);
      }
    } finally {
      await open.stop();
    }
  };

  const dial = (
    port = proxy.port,
  ): { socket: Socket; received: () => string; wasReset: () => boolean } => {
    let text = '';
    let isReset = false;
    const socket = connect({ port, host: '127.0.0.1' });
    clients.push(socket);
    socket.on('data', (data) => (text += data.toString()));
    socket.on('error', () => (isReset = true));
    return { socket, received: () => text, wasReset: () => isReset };
  };

  it('forwards both ways and passes the end of a direction on', async () => {
    const client = dial();
    client.socket.end('hello');
    await eventually('the echo', () => client.received() === 'hello');
    await eventually('the end', () => client.socket.closed);
  });

  it('holds everything back while frozen and delivers it in order afterwards', async () => {
    const client = dial();
    client.socket.write('a');
    await eventually('the first echo', () => client.received() === 'a');
    proxy.freeze();
    client.socket.write('b');
    const late = dial();
    late.socket.write('c');
    await expect(
      eventually('an answer', () => client.received() !== 'a' || late.received() !== '', {
        withinMs: 100,
      }),
    ).rejects.toThrow('not within');
    proxy.forward();
    await eventually(
      'the held echoes',
      () => client.received() === 'ab' && late.received() === 'c',
    );
  });

  it('freezes one direction alone', async () => {
    let arrived = '';
    echo.on('connection', (socket: Socket) =>
      socket.on('data', (data) => (arrived += String(data))),
    );
    const client = dial();
    proxy.freeze('to-client');
    client.socket.write('x');
    await eventually('the arrival', () => arrived === 'x');
    await overtake();
    expect(client.received()).toBe('');
    proxy.forward();
    await eventually('the echo', () => client.received() === 'x');

    arrived = '';
    proxy.freeze('to-server');
    client.socket.write('y');
    await overtake();
    expect(arrived).not.toContain('y');
    proxy.forward();
    await eventually('the second echo', () => client.received() === 'xy');
  });

  it('delays each chunk and keeps their order', async () => {
    const client = dial();
    proxy.delay(40);
    const began = performance.now();
    client.socket.write('1');
    proxy.delay(20);
    client.socket.write('2');
    await eventually('both echoes', () => client.received() === '12');
    expect(performance.now() - began).toBeGreaterThanOrEqual(39);
  });

  it('resets connections when cut, and refuses new ones until it forwards again', async () => {
    const client = dial();
    client.socket.write('a');
    await eventually('the echo', () => client.received() === 'a');
    proxy.cut();
    await eventually('the reset', () => client.wasReset());
    const refused = dial();
    await eventually('the refusal', () => refused.wasReset() || refused.socket.closed);
    proxy.forward();
    const again = dial();
    again.socket.write('b');
    await eventually('the echo', () => again.received() === 'b');
    await eventually('only one link left', () => proxy.connections === 1);
  });

  it('sends new connections elsewhere when it is told to, and leaves the others alone', async () => {
    const old = dial();
    old.socket.write('a');
    await eventually('the echo', () => old.received() === 'a');
    const other = createServer((socket) => socket.on('error', () => undefined).end('other'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    try {
      proxy.retarget({ targetPort: (other.address() as AddressInfo).port });
      const moved = dial();
      await eventually('the other server', () => moved.received() === 'other');
      old.socket.write('b');
      await eventually('the echo', () => old.received() === 'ab');
    } finally {
      other.close();
    }
  });
});
