import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FleetPorts } from './fleet-ports.js';
import { ensureRedisPassword } from './redis-password.js';
import { startRedisServer, type RedisServer } from './redis-server.js';
import type { Terminal } from './terminal.js';

export interface SupervisedRedisOptions {
  readonly binary: string;
  /** The `.lockstep` folder: the append-only file lives below it, so jobs that wait survive a restart of the fleet. */
  readonly stateFolder: string;
  readonly ports: FleetPorts;
  readonly terminal: Terminal;
}

/** Far more than a fleet on one machine needs, and a bound for queues that only grow: `npm run doctor` asks for one. */
const MAX_MEMORY = '512mb';
const RESTART_AFTER_MS = 1_000;

/** The private Redis of this folder's fleet, started again on the same port when it dies. */
export class SupervisedRedis {
  private server: RedisServer | undefined;
  private isWanted = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: SupervisedRedisOptions) {}

  /** Resolves with its url when it answers. Rejects with the place of its log when it doesn't come up. */
  async start(): Promise<string> {
    this.isWanted = true;
    const { ports, terminal, binary, stateFolder } = this.options;
    const folder = join(stateFolder, 'redis-data');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { password, configFile } = ensureRedisPassword(stateFolder);
    const persistence = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''];
    const memory = ['--maxmemory', MAX_MEMORY, '--maxmemory-policy', 'noeviction'];
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.server = await startRedisServer({
          binary,
          password,
          configFile,
          port: await ports.portFor('redis', 1, { renew: attempt > 1 }),
          args: [...persistence, ...memory, '--dir', folder],
          logFile: terminal.fileOf('redis'),
        });
        break;
      } catch (error) {
        // Most often a stranger took the port between the look and the start.
        if (attempt === 3) throw error;
      }
    }
    const server = this.server;
    void server.exited.then(() => this.restartLater());
    if (!this.isWanted) await server.stop();
    return server.url;
  }

  async stop(): Promise<void> {
    this.isWanted = false;
    clearTimeout(this.timer);
    await this.server?.stop();
  }

  private restartLater(): void {
    if (!this.isWanted) return;
    this.options.terminal.say(
      `Redis ended unexpectedly; restarting in ${RESTART_AFTER_MS / 1000} s`,
    );
    this.timer = setTimeout(() => {
      this.start().then(
        () => this.options.terminal.say('Redis is back'),
        (error: Error) => {
          this.options.terminal.say(`Redis did not come up: ${error.message}`);
          this.restartLater();
        },
      );
    }, RESTART_AFTER_MS);
  }
}
