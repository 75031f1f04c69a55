import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startFleet, type RunningFleet, type RunningReplica } from '#libs/testing';
import {
  createProduct,
  createStore,
  setPrice,
  storefrontPath,
  type PricedProduct,
} from '../support/catalog-client.js';
import { ReplicaClient } from '../support/replica-client.js';

const STORE = 'warm';
const SLUGS = ['pad', 'disc', 'rotor', 'hose', 'fluid'];

describe('a commerce replica that starts beside others', () => {
  let fleet: RunningFleet;
  let staff: ReplicaClient;
  let products: PricedProduct[];

  beforeAll(async () => {
    // The jobs of the products that are written would void what the test looks at; and no machine is
    // so slow that it would not be done in a minute.
    const env = { JOBS_WORKER: 'false', CACHE_WARM_START_MS: '60000' };
    fleet = await startFleet({ commerce: 1, authoring: 1, env });
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(staff, STORE);
    products = [];
    for (const slug of SLUGS) products.push((await createProduct(staff, STORE, slug)).product);
    for (let round = 0; round < 40; round += 1) await readAll(fleet.commerce[0]!);
  });

  afterAll(() => fleet?.stop());

  const paths = () => [...products.map(storefrontPath), `/stores/${STORE}/products?limit=3`];

  /** What each answer says of where it came from. */
  const readAll = async ({ url }: RunningReplica): Promise<Set<string | null>> => {
    const shop = new ReplicaClient(url);
    const statuses = new Set<string | null>();
    for (const path of paths()) {
      const { headers } = await shop.expect(200, 'GET', path);
      statuses.add(headers.get('cache-status'));
    }
    return statuses;
  };

  const whenReady = async (replica: RunningReplica): Promise<RunningReplica> => {
    const isReady = async () => (await fetch(`${replica.url}/health/ready`)).ok;
    await eventually('it is ready', isReady, { withinMs: 100_000 });
    return replica;
  };

  const sumOf = async ({ url }: RunningReplica, metric: string): Promise<number> => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return text
      .split('\n')
      .filter((line) => line.startsWith(metric))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  };

  it('has loaded what they serve most before it is ready, when one of them has stopped', async () => {
    await fleet.commerce[0]!.stop();
    const b = await whenReady(await fleet.add('commerce'));
    expect(await sumOf(b, 'lockstep_cache_warm_start_keys{outcome="failed"')).toBe(0);
    const loads = await sumOf(b, 'lockstep_cache_loads{');
    expect(loads).toBeGreaterThan(SLUGS.length);
    expect(await readAll(b)).toEqual(new Set(['lockstep; hit']));
    expect(await sumOf(b, 'lockstep_cache_loads{')).toBe(loads);
  });

  it('has loaded nothing when that is off', async () => {
    const off = await whenReady(await fleet.add('commerce', { CACHE_WARM_START_MS: '0' }));
    expect(await sumOf(off, 'lockstep_cache_loads{')).toBe(0);
    // The list is held when it is asked for again.
    const made = new Set(['lockstep; fwd=miss; stored', 'lockstep; fwd=miss']);
    expect(await readAll(off)).toEqual(made);
    await off.stop();
  });

  it('is coherent in what it has loaded', async () => {
    const [, b] = fleet.commerce;
    const changed = await setPrice(staff, products[0]!, 777);
    products[0] = changed.product;
    const shop = new ReplicaClient(b!.url);
    const { body } = await shop.get<unknown>(storefrontPath(products[0]), {
      'lockstep-position': changed.position,
    });
    expect(JSON.stringify(body)).toContain('"amount":777');
  });

  it('has it after the whole fleet has stopped, without Redis too', async () => {
    await Promise.all([...fleet.commerce, ...fleet.authoring].map((replica) => replica.stop()));
    await fleet.redis.kill();
    const d = await whenReady(await fleet.add('commerce'));
    expect(await readAll(d)).toEqual(new Set(['lockstep; hit']));
  });
});
