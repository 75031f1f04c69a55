import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { delay } from '#libs/kernel';
import {
  eventually,
  startFleet,
  startRedis,
  type RedisFixture,
  type RunningFleet,
} from '#libs/testing';
import { anyFreePort } from '../../../tools/fleet/free-port.js';
import { createProduct, createStore } from '../../support/catalog-client.js';
import { DatabaseView } from '../../support/database-view.js';
import { PriceBook } from '../../support/price-book.js';
import { ReplicaClient } from '../../support/replica-client.js';
import { ReplicatedCopy } from '../../support/replicated-copy.js';
import { createWare, openShop, type Ware } from '../../support/shop-client.js';
import { SmtpTrap } from '../../support/smtp-trap.js';
import { DnsDaemon } from '../traffic/dns-daemons.js';
import { LiveSite } from './live-site.js';
import { SiteLine } from './site-line.js';
import { SiteResolver } from './site-resolver.js';
import type { SteeredShoppersOptions } from './steered-shoppers.js';

const STORE = 'sites';
const SKU = 'PAD';
const ON_HAND = 100_000;
const PREFIX = 'steered-';
const PRODUCTS = 20;
const HOST = 'www.shop.example';
/** The shortest that gdnsd answers. */
const TTL_S = 5;
/** Short for the run; a probe may take long on a busy machine. */
const PROBE = { interval: '3s', timeout: '2s', failures: 3 };
const NAMED_WITHIN_MS = 120_000;
const PATIENT = { withinMs: 120_000, everyMs: 100 };

interface Parts {
  readonly fleet: RunningFleet;
  readonly farRedis: RedisFixture;
  readonly copy: ReplicatedCopy;
  readonly daemon: DnsDaemon;
  readonly line: SiteLine;
  readonly database: DatabaseView;
  readonly trap: SmtpTrap;
  readonly ware: Ware;
}

/**
 * The first site has the database, a Redis, storefronts and the back office; the second storefronts on a copy of the
 * database and a Redis of its own. Each has a door on an address of its own, which gdnsd names by what
 * `traffic:generate` wrote: the first as long as it can serve.
 */
export class TwoWholeSites {
  readonly store = STORE;
  readonly onHand = ON_HAND;
  /** For so long after a change of what DNS names, old answers may be used. */
  readonly settlesWithinMs = TTL_S * 1_000 + 250;

  private constructor(
    readonly parts: Parts,
    /** Of both doors. */
    readonly port: number,
    readonly first: LiveSite,
    readonly second: LiveSite,
    readonly staff: ReplicaClient,
    readonly book: PriceBook,
  ) {}

  static async start(folder: string): Promise<TwoWholeSites> {
    const trap = await SmtpTrap.start();
    const fleet = await startFleet({ commerce: 0, authoring: 0, env: trap.env });
    const farRedis = await startRedis();
    const port = await anyFreePort();
    const first = await LiveSite.start(fleet, {
      name: 'first',
      address: '127.0.0.21',
      port,
      roles: ['commerce', 'commerce', 'authoring', 'authoring'],
      redis: fleet.redis,
      env: {},
    });
    const database = await DatabaseView.open(fleet.databaseUrl);
    const staff = await ReplicaClient.signIn(first.officeUrl, fleet.staff);
    await createStore(staff, STORE);
    await openShop(staff, STORE);
    const ware = await createWare(staff, STORE, SKU, { onHand: ON_HAND });
    const products = [];
    for (let index = 0; index < PRODUCTS; index += 1) {
      products.push((await createProduct(staff, STORE, `disc-${index}`)).product);
    }
    const copy = await ReplicatedCopy.of(fleet.databaseUrl);
    copy.replicate();
    const second = await LiveSite.start(fleet, {
      name: 'second',
      address: '127.0.0.22',
      port,
      roles: ['commerce', 'commerce'],
      redis: farRedis,
      env: { DATABASE_COPY_URL: copy.url, REDIS_URL: farRedis.url },
    });
    const line = new SiteLine(copy);
    for (const site of [first, second]) {
      await site.open();
      await eventually(
        `${site.name} can serve`,
        async () => (await fetch(`${site.url}/health/site`)).status === 200,
        PATIENT,
      );
    }
    const daemon = new DnsDaemon('gdnsd', folder, await anyFreePort());
    await daemon.follow(writePlan(folder, port, [first, second]));
    const book = new PriceBook(staff, products);
    const parts = { fleet, farRedis, copy, daemon, line, database, trap, ware };
    const sites = new TwoWholeSites(parts, port, first, second, staff, book);
    await sites.named(first.address);
    return sites;
  }

  get databaseFile(): string {
    return this.parts.fleet.databaseUrl.slice('sqlite:'.length);
  }

  /** What shoppers buy, and where. */
  get purchase(): SteeredShoppersOptions {
    return { port: this.port, store: STORE, sku: SKU, prefix: PREFIX };
  }

  resolvers(count: number): SiteResolver[] {
    return Array.from({ length: count }, () => new SiteResolver(this.parts.daemon, HOST));
  }

  /** Resolves when DNS answers with the address; with the time of that answer. */
  async named(address: string): Promise<number> {
    const deadline = performance.now() + NAMED_WITHIN_MS;
    for (;;) {
      const answer = await this.parts.daemon.ask(HOST, '127.0.0.1');
      if (answer?.addresses[0] === address) return performance.now();
      if (performance.now() > deadline) {
        throw new Error(`DNS does not name ${address}\n${this.parts.daemon.log()}`);
      }
      await delay(100);
    }
  }

  async isWithoutJobs(): Promise<boolean> {
    for (const state of ['pending', 'dispatched', 'active']) {
      const { body } = await this.staff.get<{ items: unknown[] }>(`/jobs?state=${state}`);
      if (body.items.length > 0) return false;
    }
    return true;
  }

  async stop(): Promise<void> {
    const { fleet, farRedis, copy, daemon, line, database, trap } = this.parts;
    await daemon.stop();
    await line.stop();
    for (const site of [this.first, this.second]) await site.close();
    await database.close();
    await fleet.stop();
    await farRedis.stop();
    await copy.remove();
    await trap.stop();
  }
}

function writePlan(folder: string, port: number, sites: readonly LiveSite[]): string {
  const file = join(folder, 'traffic.yaml');
  const endpoints = sites.map(({ name, address }, priority) => ({ site: name, address, priority }));
  const [name] = HOST.split('.');
  writeFileSync(
    file,
    stringify({
      zone: HOST.slice(`${name}.`.length),
      nameServers: [{ name: 'ns1', address: '127.0.0.1' }],
      profiles: [
        { name, policy: 'failover', ttl: `${TTL_S}s`, probe: { port, ...PROBE }, endpoints },
      ],
    }),
  );
  return file;
}
