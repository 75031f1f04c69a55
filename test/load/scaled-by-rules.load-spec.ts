import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { eventually } from '#libs/testing';
import { ReplicaClient } from '../support/replica-client.js';
import { ComposeDeployment, whyNoCompose } from './compose/compose-deployment.js';
import { SteadyShoppers } from './compose/steady-shoppers.js';

const CALM = 20;
const BUSY = 240;
const [FEWEST, AT_OPENING, MOST] = [2, 3, 6];
const LIMIT_MS = 5 * 60_000;
const PATIENT = { withinMs: LIMIT_MS, everyMs: 250 };
const MINUTE_MS = 60_000;

const reason = whyNoCompose();
const describeWithCompose = reason === undefined ? describe : describe.skip;
const note = reason === undefined ? '' : ` (skipped: ${reason})`;
// Jest names no test of a file that is skipped as a whole.
if (reason !== undefined) process.stdout.write(`\nscaling by rules is skipped: ${reason}\n`);

/** The base images of docker/Dockerfile and the compose files must be there or within reach. */
describeWithCompose(`a compose deployment that is scaled by rules${note}`, () => {
  let deployment: ComposeDeployment;
  let staff: ReplicaClient;
  let shoppers: SteadyShoppers;
  const table: Record<string, string | number>[] = [];

  beforeAll(async () => {
    deployment = await ComposeDeployment.create();
    await deployment.start({ commerce: FEWEST, authoring: 1 });
    await becomes('commerce', FEWEST);
    await becomes('authoring', 1);
    staff = await eventually(
      'the first staff user signs in',
      async () => {
        return ReplicaClient.signIn(deployment.authoringUrl, deployment.staff).catch(
          () => undefined,
        );
      },
      PATIENT,
    );
    const shop = new ReplicaClient(deployment.commerceUrl);
    const list = '/stores/main/products?limit=20';
    const products = await eventually(
      'the demo shop sells something',
      async () => {
        const { body } = await shop.get<{ items?: { slug: string }[] }>(list);
        return (body.items?.length ?? 0) > 0 ? body.items : undefined;
      },
      PATIENT,
    );
    const paths = [list, ...products.map(({ slug }) => `/stores/main/products/${slug}`)];
    shoppers = new SteadyShoppers(paths.map((path) => `${deployment.commerceUrl}/api/v1${path}`));
    shoppers.perSecond = CALM;
  }, 3 * LIMIT_MS);

  afterAll(async () => {
    await shoppers?.stop();
    console.table(table);
    await deployment?.stop();
  }, LIMIT_MS);

  /** How many seconds it took until the load balancer sent to so many. */
  async function becomes(role: 'commerce' | 'authoring', count: number): Promise<number> {
    const beganMs = performance.now();
    await eventually(
      `${count} replicas of ${role} serve`,
      async () => (await deployment.serving(role)) === count,
      PATIENT,
    );
    return Math.round((performance.now() - beganMs) / 1_000);
  }

  function record(what: string, seconds: number): void {
    const { failures, tookMs } = shoppers;
    table.push({ what, seconds, requests: tookMs.length, failed: failures.length });
  }

  const recommends = async () => {
    const { body } = await staff.expect<{ items: { name: string; isOn: boolean }[] }>(
      200,
      'GET',
      '/scaling/settings',
    );
    return body.items.find(({ name }) => name === 'relatedProducts')?.isOn;
  };

  it(
    'opens with more by timetable, follows the load up and down, and fails no request',
    async () => {
      const opening = new Date(Math.ceil((Date.now() + 10_000) / MINUTE_MS) * MINUTE_MS);
      await staff.expect(200, 'PUT', '/scaling/rules', {
        body: { content: stringify(rulesOpeningAt(opening)) },
        headers: { 'if-match': '"0"' },
      });
      record('at the timetable', await becomes('commerce', AT_OPENING));
      record('after it', await becomes('commerce', FEWEST));

      shoppers.perSecond = BUSY;
      record('up', await becomes('commerce', MOST));
      await eventually('recommendations are off', async () => (await recommends()) === false);

      shoppers.perSecond = CALM;
      record('down', await becomes('commerce', FEWEST));
      await eventually('recommendations are on again', async () => (await recommends()) === true);
      expect(shoppers.failures).toEqual([]);
    },
    5 * LIMIT_MS,
  );

  it('can say of each step which rule took it', async () => {
    const { body } = await staff.expect<{ items: object[] }>(
      200,
      'GET',
      '/scaling/decisions?changes=true&limit=100',
    );
    const told = JSON.stringify(body.items);
    for (const rule of ['opening', 'busy', 'idle', 'shed', 'restore']) expect(told).toContain(rule);
  });
});

function rulesOpeningAt(opening: Date): object {
  return {
    mode: 'act',
    coolDown: { up: '5s', down: '10s' },
    operands: {
      load: {
        role: 'commerce',
        metric: 'requestsPerSecond',
        aggregate: 'average',
        window: '10s',
      },
      replicas: { role: 'commerce', metric: 'readyReplicas', aggregate: 'last', window: '10s' },
    },
    constraints: [
      {
        name: 'default',
        ranges: { commerce: { min: FEWEST, max: MOST }, authoring: { min: 1, max: 1 } },
      },
      {
        name: 'opening',
        rank: 10,
        when: {
          cron: `${opening.getUTCMinutes()} ${opening.getUTCHours()} * * *`,
          timeZone: 'UTC',
          for: '1m',
        },
        ranges: { commerce: { min: AT_OPENING, max: MOST } },
      },
    ],
    reactive: [
      { name: 'busy', if: 'load / replicas > 30', scale: [{ target: 'commerce', by: 2 }] },
      { name: 'idle', if: 'load / replicas < 20', scale: [{ target: 'commerce', by: -2 }] },
      { name: 'shed', if: 'load > 120', changeSetting: { relatedProducts: false } },
      { name: 'restore', if: 'load < 60', changeSetting: { relatedProducts: true } },
    ],
  };
}
