import type { RedisFixture, Role, RunningFleet, RunningReplica } from '#libs/testing';
import { anyFreePort } from '../../../tools/fleet/free-port.js';
import { HaproxyProcess } from '../../support/haproxy-process.js';

export interface LiveSiteOptions {
  readonly name: string;
  /** Of loopback, and of its own. */
  readonly address: string;
  /** Of its door; the same for all sites. */
  readonly port: number;
  readonly roles: readonly Role[];
  readonly redis: RedisFixture;
  /** Of its replicas, beside what every process of the fleet has. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The processes of one site, behind a door of its own: the load balancer of the product. They start, die, hang and go
 * on together, and whatever they hold in memory goes with them.
 */
export class LiveSite {
  readonly url: string;
  private running: RunningReplica[] = [];
  private door: HaproxyProcess | undefined;

  private constructor(
    private readonly fleet: RunningFleet,
    private readonly options: LiveSiteOptions,
    private readonly ports: readonly number[],
  ) {
    this.url = `http://${options.address}:${options.port}`;
  }

  static async start(fleet: RunningFleet, options: LiveSiteOptions): Promise<LiveSite> {
    const ports = await Promise.all(options.roles.map(() => anyFreePort()));
    const site = new LiveSite(fleet, options, ports);
    await site.startReplicas();
    return site;
  }

  get name(): string {
    return this.options.name;
  }

  get address(): string {
    return this.options.address;
  }

  /** The first of its authoring replicas; at the same place after a return. */
  get officeUrl(): string {
    return `http://127.0.0.1:${this.portsOf('authoring')[0]}`;
  }

  /** Opens the door, which sends requests on to replicas that are ready. */
  async open(): Promise<void> {
    const { address, port } = this.options;
    this.door = await HaproxyProcess.start({
      replicaPorts: this.portsOf('commerce'),
      healthChecks: 'as configured',
      door: { address, port },
    });
  }

  /** SIGKILL for every process, Redis and the door among them. */
  async die(): Promise<void> {
    await Promise.all([
      this.door?.kill(),
      this.options.redis.kill(),
      ...this.running.map((replica) => replica.kill()),
    ]);
  }

  /** After `die`: new processes at the same places, on an empty Redis. */
  async comeBack(): Promise<void> {
    await this.door?.stop();
    await this.options.redis.restart({ empty: true });
    await this.startReplicas();
    await this.open();
  }

  /** SIGSTOP for every process: the kernel goes on accepting connections, which nobody answers. */
  freeze(): void {
    this.door?.freeze();
    this.options.redis.freeze();
    for (const replica of this.running) replica.freeze();
  }

  thaw(): void {
    this.options.redis.thaw();
    for (const replica of this.running) replica.thaw();
    this.door?.thaw();
  }

  /** Its door; replicas end with the fleet. */
  async close(): Promise<void> {
    this.thaw();
    await this.door?.stop();
  }

  private async startReplicas(): Promise<void> {
    const { name, roles, env } = this.options;
    const starting = roles.map((role, index) =>
      this.fleet.add(role, { ...env, SITE_NAME: name, PORT: String(this.ports[index]) }),
    );
    this.running = await Promise.all(starting);
  }

  private portsOf(wanted: Role): number[] {
    return this.options.roles.flatMap((role, index) =>
      role === wanted ? [this.ports[index]!] : [],
    );
  }
}
