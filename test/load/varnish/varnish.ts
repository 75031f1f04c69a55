import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '#libs/testing';

const VARNISHD = process.env['LOCKSTEP_VARNISHD'] ?? 'varnishd';
const MODULES = process.env['LOCKSTEP_VARNISH_MODULES'];

/** Undefined when a Varnish can be started here. */
export function whyNoVarnish(): string | undefined {
  if (spawnSync(VARNISHD, ['-V']).error === undefined) return undefined;
  return `no ${VARNISHD} on the PATH, nor in LOCKSTEP_VARNISHD`;
}

export interface VarnishOptions {
  readonly provider: 'varnish-ban' | 'varnish-xkey';
  /** Where it listens on 127.0.0.1. */
  readonly port: number;
  readonly originPort: number;
}

/** A real Varnish with a VCL of docker/varnish, before an origin on this machine. */
export class Varnish {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly daemon: ChildProcess,
  ) {}

  /** Resolves when it answers. */
  static async start({ provider, port, originPort }: VarnishOptions): Promise<Varnish> {
    const folder = mkdtempSync(join(tmpdir(), 'lockstep-varnish-'));
    const file = join(folder, 'default.vcl');
    const name = provider.slice('varnish-'.length);
    const shipped = readFileSync(`docker/varnish/${name}.vcl`, 'utf8');
    writeFileSync(
      file,
      shipped.replace('"loadbalancer"', '"127.0.0.1"').replace('"8080"', `"${originPort}"`),
    );
    const work = join(folder, 'work');
    const words = ['-F', '-f', file, '-a', `127.0.0.1:${port}`, '-n', work, '-s', 'malloc,64m'];
    if (MODULES !== undefined) words.push('-p', `vmod_path=${MODULES}`);
    const varnish = new Varnish(`http://127.0.0.1:${port}`, folder, spawn(VARNISHD, words));
    await eventually('Varnish to answer', () => fetch(varnish.url).then(() => true), {
      withinMs: 60_000,
    });
    return varnish;
  }

  async stop(): Promise<void> {
    this.daemon.kill('SIGTERM');
    await new Promise((resolve) => this.daemon.once('exit', resolve));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
