import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { anyFreePort } from '../../../tools/fleet/free-port.js';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const FILES = [
  'docker-compose.scale.yml',
  'docker-compose.scaler.yml',
  'test/load/compose/sqlite.yml',
];
const OUTPUT_BYTES = 32 * 1024 * 1024;

/** Undefined when a deployment can be started here. */
export function whyNoCompose(): string | undefined {
  if (spawnSync('docker', ['compose', 'version']).status !== 0) return 'no docker compose';
  if (spawnSync('docker', ['info']).status !== 0) return 'no Docker engine answers';
  return undefined;
}

/** The compose files of this tree, run for real under a project of their own; SQLite takes the place of SQL Server. */
export class ComposeDeployment {
  private constructor(private readonly env: NodeJS.ProcessEnv) {}

  static async create(): Promise<ComposeDeployment> {
    const secrets = join(root, '.lockstep', 'compose-trial', 'secrets');
    mkdirSync(secrets, { recursive: true });
    writeFileSync(join(secrets, 'database_url'), 'sqlite:/data/lockstep.db');
    await run('sh', ['docker/prepare-secrets.sh', secrets], { cwd: root });
    return new ComposeDeployment({
      ...process.env,
      COMPOSE_FILE: FILES.join(':'),
      COMPOSE_PROJECT_NAME: `lockstep-trial-${process.pid}`,
      PROJECT_DIRECTORY: root.replace(/\/$/, ''),
      SECRETS_DIRECTORY: secrets,
      LOCKSTEP_TAG: 'trial',
      COMMERCE_PORT: String(await anyFreePort()),
      AUTHORING_PORT: String(await anyFreePort()),
      OPERATIONS_PORT: String(await anyFreePort()),
    });
  }

  get commerceUrl(): string {
    return `http://127.0.0.1:${this.env.COMMERCE_PORT}`;
  }

  get authoringUrl(): string {
    return `http://127.0.0.1:${this.env.AUTHORING_PORT}`;
  }

  /** The first staff user. */
  get staff(): { readonly email: string; readonly password: string } {
    const password = readFileSync(join(this.env.SECRETS_DIRECTORY!, 'staff_password'), 'utf8');
    return { email: 'staff@lockstep.example', password };
  }

  /** Builds the image, starts everything, and resolves when compose has. `stop` is due also after a rejection. */
  async start(replicas: { readonly commerce: number; readonly authoring: number }): Promise<void> {
    await this.compose('build', 'commerce');
    const scales = Object.entries(replicas).flatMap(([role, count]) => [
      '--scale',
      `${role}=${count}`,
    ]);
    await this.compose('up', '-d', '--no-build', ...scales);
  }

  /** Servers of the role that the load balancer has found ready; it takes a new one for such until the first check. */
  async serving(role: 'commerce' | 'authoring'): Promise<number> {
    const response = await fetch(`http://127.0.0.1:${this.env.OPERATIONS_PORT}/stats;csv`);
    const [head, ...servers] = (await response.text()).split('\n').map((line) => line.split(','));
    const at = (name: string) => head?.indexOf(name) ?? -1;
    return servers.filter(
      (server) =>
        server[0] === role &&
        server[at('status')] === 'UP' &&
        server[at('check_status')]?.endsWith('L7OK'),
    ).length;
  }

  async stop(): Promise<void> {
    await this.compose('down', '--volumes', '--timeout', '5');
  }

  private async compose(...words: readonly string[]): Promise<void> {
    const options = { cwd: root, env: this.env, maxBuffer: OUTPUT_BYTES };
    await run('docker', ['compose', ...words], options);
  }
}
