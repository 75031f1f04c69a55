import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { Resolver } from 'node:dns/promises';
import { join } from 'node:path';
import { run } from '../../../tools/traffic/generate.js';

export type DaemonName = 'gdnsd' | 'powerdns';

const COMMANDS = {
  gdnsd: process.env['LOCKSTEP_GDNSD'] ?? 'gdnsd',
  powerdns: process.env['LOCKSTEP_PDNS'] ?? 'pdns_server',
} as const;

/** Why a daemon cannot be run here; undefined when it can. */
export function whyAbsent(name: DaemonName): string | undefined {
  const { error } = spawnSync(COMMANDS[name], ['--version']);
  if (error === undefined) return undefined;
  const variable = name === 'gdnsd' ? 'LOCKSTEP_GDNSD' : 'LOCKSTEP_PDNS';
  return `no ${COMMANDS[name]} on the PATH, nor in ${variable}`;
}

/** A DNS server that runs on loopback with what `npm run traffic:generate` wrote for a plan. */
export class DnsDaemon {
  private child: ChildProcess | undefined;
  private readonly output: string[] = [];

  constructor(
    readonly name: DaemonName,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** Writes the configuration of a plan and makes the daemon take it, as an operator would. */
  async follow(planFile: string): Promise<void> {
    const wrote: string[] = [];
    await run(
      [planFile, '--for', this.name, '--out', this.folder, '--listen', `127.0.0.1:${this.port}`],
      (line) => wrote.push(line),
    );
    if (this.name === 'gdnsd') {
      this.keepStateHere();
      // `replace` is what gdnsdctl asks for: a second daemon takes over the sockets, and then the first ends.
      const before = this.child;
      this.start(['-c', this.folder, ...(before === undefined ? [] : ['-R']), 'start']);
      if (before !== undefined) await ended(before);
    } else if (this.child === undefined) {
      const modules = process.env['LOCKSTEP_PDNS_MODULES'];
      this.start([
        `--config-dir=${this.folder}`,
        `--socket-dir=${this.folder}`,
        ...(modules === undefined ? [] : [`--module-dir=${modules}`]),
      ]);
    }
  }

  /** The addresses and the time to live that a client with this address is told; undefined without an answer. */
  async ask(
    host: string,
    from: string,
  ): Promise<{ addresses: string[]; ttlS: number } | undefined> {
    const resolver = new Resolver({ timeout: 1_000, tries: 1 });
    resolver.setServers([`127.0.0.1:${this.port}`]);
    resolver.setLocalAddress(from);
    try {
      const records = await resolver.resolve4(host, { ttl: true });
      return { addresses: records.map(({ address }) => address), ttlS: records[0]?.ttl ?? 0 };
    } catch {
      return undefined;
    }
  }

  log(): string {
    return this.output.join('');
  }

  async stop(): Promise<void> {
    if (this.child === undefined) return;
    this.child.kill('SIGTERM');
    await ended(this.child);
  }

  private start(args: readonly string[]): void {
    const child = spawn(COMMANDS[this.name], args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => this.output.push(chunk.toString()));
    }
    this.child = child;
  }

  /** Its folders for sockets and state are the system's unless it is told otherwise. */
  private keepStateHere(): void {
    const file = join(this.folder, 'config');
    const places = `options => {\n  run_dir => ${this.folder}/run, state_dir => ${this.folder}/state\n`;
    writeFileSync(file, readFileSync(file, 'utf8').replace('options => {\n', places));
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((done) => child.once('exit', done));
}
