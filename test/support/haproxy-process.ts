import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CONFIGURATION = new URL('../../docker/loadbalancer/haproxy.cfg', import.meta.url);

/** Whether an HAProxy is on the PATH of this machine. */
export function isHaproxyInstalled(): boolean {
  return spawnSync('haproxy', ['-v']).status === 0;
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

/**
 * Runs the load balancer's real configuration on loopback. Only the surroundings are replaced: replicas are
 * given by port instead of by DNS, doors get free ports, and health checks may be slowed down so that a test
 * sees what happens to a request *before* a check has noticed.
 */
export class HaproxyProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly directory: string,
    private readonly output: string[],
    readonly commerceUrl: string,
    readonly authoringUrl: string,
    readonly operationsUrl: string,
  ) {}

  static async start(options: {
    readonly replicaPorts: readonly number[];
    readonly healthChecks: 'as configured' | 'slow';
    /** Where the door of commerce is. Default: a free port of 127.0.0.1. */
    readonly door?: { readonly address: string; readonly port: number };
  }): Promise<HaproxyProcess> {
    const door = options.door ?? { address: '127.0.0.1', port: await findFreePort() };
    const ports = {
      authoring: await findFreePort(),
      operations: await findFreePort(),
    };
    const servers = (rest: string) =>
      options.replicaPorts
        .map((port, index) => `    server r${index + 1} 127.0.0.1:${port}${rest}`)
        .join('\n');
    let text = (await readFile(CONFIGURATION, 'utf8'))
      .replace(/^ {4}server-template \S+ \d+ \S+:3000(.*)$/gm, (_line, rest: string) =>
        servers(rest),
      )
      .replace(' resolvers docker init-addr none resolve-prefer ipv4', '')
      .replace('bind :8080', `bind ${door.address}:${door.port}`)
      .replace('bind :8081', `bind 127.0.0.1:${ports.authoring}`)
      .replace('bind :8404', `bind 127.0.0.1:${ports.operations}`);
    if (options.healthChecks === 'slow') {
      text = text.replace(
        'inter 1s fastinter 250ms downinter 1s',
        'inter 60s fastinter 60s downinter 60s',
      );
    }
    const directory = await mkdtemp(join(tmpdir(), 'lockstep-haproxy-'));
    const file = join(directory, 'haproxy.cfg');
    await writeFile(file, text);
    const child = spawn('haproxy', ['-db', '-f', file], { stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const url = (port: number) => `http://127.0.0.1:${port}`;
    const haproxy = new HaproxyProcess(
      child,
      directory,
      output,
      `http://${door.address}:${door.port}`,
      url(ports.authoring),
      url(ports.operations),
    );
    await haproxy.waitUntilUp();
    return haproxy;
  }

  /** The names (r1, r2, ...) of the servers that a backend would use now. */
  async upServers(backend: string): Promise<string[]> {
    return (await this.statistics(backend))
      .filter(({ svname, status }) => svname !== 'BACKEND' && status?.startsWith('UP'))
      .map(({ svname }) => svname ?? '');
  }

  /** How many attempts were repeated on the same replica, after a wait, and how many on another, at once. */
  async repeated(backend: string): Promise<{ onTheSame: number; elsewhere: number }> {
    const rows = await this.statistics(backend);
    const total = rows.find(({ svname }) => svname === 'BACKEND');
    return { onTheSame: Number(total?.wretr), elsewhere: Number(total?.wredis) };
  }

  /** A row for each server of a backend, and one for all of it. */
  private async statistics(backend: string): Promise<Partial<Record<string, string>>[]> {
    const csv = await (await fetch(`${this.operationsUrl}/stats;csv`)).text();
    const [names = [], ...rows] = csv
      .replace(/^# /, '')
      .split('\n')
      .map((line) => line.split(','));
    return rows
      .map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])))
      .filter(({ pxname }) => pxname === backend);
  }

  /** SIGSTOP: connections are accepted by the kernel and answered by nobody. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  /** SIGKILL; resolves when nothing listens any more. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    this.thaw();
    await this.end('SIGTERM');
    await rm(this.directory, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = new Promise((done) => this.child.once('exit', done));
    this.child.kill(signal);
    await exited;
  }

  private async waitUntilUp(): Promise<void> {
    const giveUpAt = Date.now() + 60_000;
    while (Date.now() < giveUpAt && this.child.exitCode === null) {
      const isUp = await fetch(`${this.operationsUrl}/health`).then(
        (response) => response.ok,
        () => false,
      );
      if (isUp) return;
      await new Promise((resume) => setTimeout(resume, 20));
    }
    await this.stop();
    throw new Error(`HAProxy did not start:\n${this.output.join('')}`);
  }
}
