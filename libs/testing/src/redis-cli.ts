import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RedisBinary } from '../../../tools/lib/redis-binary.mjs';

const run = promisify(execFile);

const ATTEMPTS = 3;

/** Runs redis-cli and answers what it prints, without the last line end. Fails after 20 s. */
export type RedisCli = (...args: string[]) => Promise<string>;

/** redis-cli for the server, or the Sentinel, on this port of 127.0.0.1. */
export function redisCli({ server, cli }: RedisBinary, port: number): RedisCli {
  return async (...args) => {
    if (cli === undefined) throw new Error(`no redis-cli beside ${server}`);
    const all = ['-h', '127.0.0.1', '-p', String(port), ...args];
    for (let attempt = 1; ; attempt += 1) {
      const { stdout, stderr } = await run(cli, all, { timeout: 20_000 });
      // Every answer ends with a line end, an empty one too. Among many processes one has, rarely, none and no error.
      if (stdout !== '') return stdout.replace(/\n$/, '');
      if (attempt === ATTEMPTS) throw new Error(`redis-cli printed nothing. ${stderr}`);
    }
  };
}
