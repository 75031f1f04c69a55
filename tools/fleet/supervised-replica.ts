import { delay, withDeadline } from '#libs/kernel';
import type { FleetPorts } from './fleet-ports.js';
import { isPortFree } from './free-port.js';
import { describeEnd } from './guarded-process.js';
import { startReplicaProcess, type ReplicaProcess, type Role } from './replica-process.js';
import type { Terminal } from './terminal.js';

export interface SupervisedReplicaOptions {
  readonly root: string;
  readonly role: Role;
  /** 1 for the first replica of the role. */
  readonly index: number;
  readonly env: NodeJS.ProcessEnv;
  readonly isWatched: boolean;
  readonly ports: FleetPorts;
  readonly terminal: Terminal;
}

type State =
  | { readonly phase: 'stopped' | 'stopping' }
  | { readonly phase: 'starting' | 'ready'; readonly process: ReplicaProcess }
  | { readonly phase: 'waiting'; readonly timer: NodeJS.Timeout };

const READY_WITHIN_MS = 90_000;
const STEADY_AFTER_MS = 30_000;
const BACKOFF_MS = { first: 500, most: 15_000 } as const;

/**
 * One replica that is kept running: a crash is reported and the process started again on the same port, with growing pauses while it
 * keeps crashing. `start` resolves when the replica is ready, and rejects when the process doesn't get that far.
 */
export class SupervisedReplica {
  readonly name: string;
  private state: State = { phase: 'stopped' };
  private isWanted = false;
  private address: string | undefined;
  private crashes = 0;

  constructor(private readonly options: SupervisedReplicaOptions) {
    this.name = `${options.role}-${options.index}`;
  }

  get role(): Role {
    return this.options.role;
  }

  /** Where it listens; undefined before the first start. */
  get url(): string | undefined {
    return this.address;
  }

  get phase(): State['phase'] {
    return this.state.phase;
  }

  async start(): Promise<void> {
    this.isWanted = true;
    for (let attempt = 1; ; attempt += 1) {
      const { role, index, ports, terminal } = this.options;
      const port = await ports.portFor(role, index, { renew: attempt > 1 });
      if (!this.isWanted) throw new Error(`${this.name} was stopped while it started`);
      const process = this.spawn(port);
      try {
        await this.untilReady(process);
        return;
      } catch (error) {
        await process.stop(2_000);
        const wasTaken = this.isWanted && !(await isPortFree(port));
        if (!wasTaken || attempt === 5) throw error;
        terminal.say(`${this.name}: port ${port} was taken meanwhile, trying another`);
      }
    }
  }

  /** Ends the process in an orderly way, by force after 12 s. It is not restarted. */
  async stop(): Promise<void> {
    this.isWanted = false;
    const before = this.state;
    this.state = { phase: 'stopping' };
    if (before.phase === 'waiting') clearTimeout(before.timer);
    if (before.phase === 'starting' || before.phase === 'ready') await before.process.stop();
    this.state = { phase: 'stopped' };
  }

  /** A new process for new code. A replica that waits for its next attempt starts at once. */
  async restart(): Promise<void> {
    await this.stop();
    this.crashes = 0;
    await this.start();
  }

  private spawn(port: number): ReplicaProcess {
    const { root, role, env, isWatched, terminal } = this.options;
    const log = terminal.openLog(this.name);
    // The name is new for every process, so that nobody takes a successor for the one that crashed.
    const replicaId = `${this.name}-${Date.now().toString(36)}`;
    const process = startReplicaProcess({
      root,
      role,
      isUnbundled: isWatched,
      env: { ...env, PORT: String(port), REPLICA_ID: replicaId },
      onLine: (line) => log.line(line),
    });
    this.address = `http://127.0.0.1:${port}`;
    this.state = { phase: 'starting', process };
    const startedAt = performance.now();
    void process.exited.then((end) => {
      log.close();
      // Before it is ready `start` reports the end; while it is stopped on purpose nobody does.
      if (this.state.phase !== 'ready' || this.state.process !== process) return;
      if (performance.now() - startedAt > STEADY_AFTER_MS) this.crashes = 0;
      this.restartLater(`ended unexpectedly (${describeEnd(end)})`);
    });
    return process;
  }

  private restartLater(what: string): void {
    this.crashes += 1;
    const waitMs = Math.min(BACKOFF_MS.most, BACKOFF_MS.first * 2 ** (this.crashes - 1));
    const { terminal } = this.options;
    terminal.say(
      `${this.name} ${what}; restarting in ${waitMs / 1000} s (log: ${this.name}.previous.log)`,
    );
    const timer = setTimeout(() => {
      this.start().then(
        () => terminal.say(`${this.name} is ready again at ${this.address}`),
        (error: Error) => {
          if (this.isWanted) this.restartLater(`did not come up: ${error.message}`);
        },
      );
    }, waitMs);
    this.state = { phase: 'waiting', timer };
  }

  private async untilReady(process: ReplicaProcess): Promise<void> {
    let isGone = false;
    const gone = process.exited.then((end) => {
      isGone = true;
      const lines = process.lastLines().slice(-20).join('\n');
      throw new Error(`${this.name} ended (${describeEnd(end)}) before it was ready:\n${lines}`);
    });
    const ready = async (): Promise<void> => {
      const { url } = await process.listening;
      while (!isGone && !(await answersReady(url))) await delay(50);
    };
    await withDeadline(
      Promise.race([gone, ready()]),
      READY_WITHIN_MS,
      `${this.name}: becoming ready`,
    );
    if (this.state.phase === 'starting' && this.state.process === process) {
      this.state = { phase: 'ready', process };
    }
  }
}

async function answersReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    return response.ok;
  } catch {
    // Not listening any more, or too busy to answer: not ready either way; the caller has the deadline.
    return false;
  }
}
