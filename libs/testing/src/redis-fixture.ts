import { findRedisBinary } from '../../../tools/lib/redis-binary.mjs';
import { startRedisServer, type RedisServer } from '../../../tools/fleet/redis-server.js';
import { redisCli, type RedisCli } from './redis-cli.js';

export interface RedisFixtureOptions {
  /** Keep the data in an append-only file, for tests that restart the server with its data. Default: memory only. */
  readonly dataFolder?: string;
  readonly port?: number;
  /** Further arguments for redis-server. */
  readonly args?: readonly string[];
}

export interface RedisFixture {
  readonly url: string;
  readonly port: number;
  /** Process id of the server that runs now. */
  readonly pid: number;
  /** Ends the server in an orderly way. Calling it twice, or after `kill`, is harmless. */
  stop(): Promise<void>;
  /** SIGKILL; resolves when the process is gone, so that the port refuses connections. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers (a half-open or overloaded server). */
  freeze(): void;
  thaw(): void;
  /** A new process on the same port. `empty` drops the data of an append-only server as well. */
  restart(options?: { readonly empty?: boolean }): Promise<void>;
  /** Runs redis-cli against the server and answers what it prints, without the last line end. Fails after 20 s. */
  readonly cli: RedisCli;
}

/**
 * A real Redis of the test's own: free port, 127.0.0.1, memory only, gone with the test process even when that is killed.
 * The program is the one `npm start` uses (see tools/lib/redis-binary.mjs).
 */
export async function startRedis(options: RedisFixtureOptions = {}): Promise<RedisFixture> {
  const found = await findRedisBinary();
  const binary = found.server;
  const persistence =
    options.dataFolder === undefined
      ? ['--save', '', '--appendonly', 'no']
      : [
          '--save',
          '',
          '--appendonly',
          'yes',
          '--appendfsync',
          'everysec',
          '--dir',
          options.dataFolder,
        ];
  const args = [...persistence, '--maxmemory-policy', 'noeviction', ...(options.args ?? [])];
  let server: RedisServer = await startRedisServer({
    binary,
    args,
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  const { port, url } = server;

  const kill = async (): Promise<void> => {
    server.kill('SIGKILL');
    await server.exited;
  };
  const cli = redisCli(found, port);
  return {
    url,
    port,
    get pid() {
      return server.pid;
    },
    stop: () => server.stop(),
    kill,
    freeze: () => server.kill('SIGSTOP'),
    thaw: () => server.kill('SIGCONT'),
    restart: async ({ empty = false } = {}) => {
      await kill();
      server = await startRedisServer({ binary, args, port });
      if (empty) await cli('FLUSHALL');
    },
    cli,
  };
}
