import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RedisBinary } from '../../../tools/lib/redis-binary.mjs';

const run = promisify(execFile);

/** Runs redis-cli and answers what it prints, without the last line end. Fails after 5 s. */
export type RedisCli = (...args: string[]) => Promise<string>;

/** redis-cli for the server, or the Sentinel, on this port of 127.0.0.1. */
export function redisCli({ server, cli }: RedisBinary, port: number): RedisCli {
  return async (...args) => {
    if (cli === undefined) throw new Error(`no redis-cli beside ${server}`);
    const all = ['-h', '127.0.0.1', '-p', String(port), ...args];
    const { stdout } = await run(cli, all, { timeout: 5_000 });
    return stdout.replace(/\n$/, '');
  };
}
