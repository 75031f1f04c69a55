import { createWriteStream } from 'node:fs';
import { connect } from 'node:net';
import { anyFreePort } from './free-port.js';
import { spawnGuarded } from './guarded-process.js';

const STOP_WITHIN_MS = 5_000;

export interface RedisServerOptions {
  /** Full path of redis-server or valkey-server. */
  readonly binary: string;
  /** Fixed port; a free one otherwise. */
  readonly port?: number;
  /** Read before the arguments, which win; a Sentinel keeps in it what it has learned. */
  readonly configFile?: string;
  /** Asked for from everybody who connects; it must stand in `configFile` too, since arguments are for all to see. */
  readonly password?: string;
  /** Further arguments, e.g. `['--appendonly', 'yes']`. */
  readonly args?: readonly string[];
  readonly logFile?: string;
  /** How long it may take until it answers, loading its data included. */
  readonly readyWithinMs?: number;
}

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Settles when the process is gone, whoever ended it. */
  readonly exited: Promise<void>;
  /** SIGTERM, and SIGKILL when it is not gone after 5 s. */
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts a Redis on 127.0.0.1 that ends with this process, and resolves when it answers PING.
 * Without a fixed port it tries another one when a stranger was faster. Rejects with the reason when it doesn't come up.
 */
export async function startRedisServer(options: RedisServerOptions): Promise<RedisServer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOn(options.port ?? (await anyFreePort()), options);
    } catch (error) {
      if (options.port !== undefined || attempt === 5) throw error;
    }
  }
}

async function startOn(port: number, options: RedisServerOptions): Promise<RedisServer> {
  const log = options.logFile === undefined ? undefined : createWriteStream(options.logFile);
  const args = [
    ...(options.configFile === undefined ? [] : [options.configFile]),
    '--bind',
    '127.0.0.1',
    '--port',
    String(port),
    '--daemonize',
    'no',
    ...(options.args ?? []),
  ];
  const guarded = spawnGuarded(options.binary, args, {
    graceSeconds: 3,
    onLine: (line) => void log?.write(`${line}\n`),
  });
  const exited = guarded.exited.then(() => log?.end()).then(() => undefined);
  let gone = false;
  void exited.then(() => (gone = true));
  const deadline = Date.now() + (options.readyWithinMs ?? 30_000);
  while (!(await answersPing(port, guarded.pid, options.password))) {
    if (gone) throw new Error(`${options.binary} on port ${port} ended at once${where(options)}`);
    if (Date.now() > deadline) {
      guarded.child.kill('SIGKILL');
      throw new Error(`${options.binary} on port ${port} did not become ready${where(options)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url: `redis://${options.password === undefined ? '' : `:${options.password}@`}127.0.0.1:${port}`,
    port,
    pid: guarded.pid,
    exited,
    stop: async () => void (await guarded.stop(STOP_WITHIN_MS)),
    kill: (signal) => void guarded.child.kill(signal),
  };
}

function where(options: RedisServerOptions): string {
  return options.logFile === undefined ? '' : `; its log is ${options.logFile}`;
}

/**
 * One PING with a bound of 500 ms. "LOADING" is not ready; and the process id must be ours, because a stranger's server on the same
 * port answers too while ours is about to end.
 */
function answersPing(port: number, pid: number, password?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let received = '';
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(500, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
    const auth = password === undefined ? '' : `AUTH ${password}\r\n`;
    socket.once('connect', () => socket.write(`${auth}PING\r\nINFO server\r\n`));
    socket.on('data', (data) => {
      received += data.toString();
      const id = /process_id:(\d+)\r/.exec(received)?.[1];
      if (id !== undefined) finish(/^\+PONG\r/m.test(received) && Number(id) === pid);
    });
  });
}
