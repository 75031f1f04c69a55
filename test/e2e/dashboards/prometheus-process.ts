import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '#libs/testing';
import { anyFreePort } from '../../../tools/fleet/free-port.js';

const PROMETHEUS = process.env['LOCKSTEP_PROMETHEUS'] ?? 'prometheus';

/** Why a Prometheus cannot be run here; undefined when it can. */
export function whyNoPrometheus(): string | undefined {
  if (spawnSync(PROMETHEUS, ['--version']).error === undefined) return undefined;
  return `no ${PROMETHEUS} on the PATH, nor in LOCKSTEP_PROMETHEUS`;
}

/** A real Prometheus that scrapes replicas on this machine every second. */
export class PrometheusProcess {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(replicas: readonly { readonly url: string }[]): Promise<PrometheusProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'lockstep-prometheus-'));
    const targets = replicas.map(({ url }) => new URL(url).host);
    const job = { job_name: 'lockstep', static_configs: [{ targets }] };
    // JSON is YAML.
    const config = { global: { scrape_interval: '1s' }, scrape_configs: [job] };
    writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config));
    const address = `127.0.0.1:${await anyFreePort()}`;
    const child = spawn(
      PROMETHEUS,
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${address}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    const started = new PrometheusProcess(`http://${address}`, folder, child);
    await eventually(
      'Prometheus is ready',
      async () => (await fetch(`${started.url}/-/ready`)).ok,
      { withinMs: 60_000 },
    );
    return started;
  }

  async stop(): Promise<void> {
    const gone = new Promise((done) => this.child.once('exit', done));
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGKILL');
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
