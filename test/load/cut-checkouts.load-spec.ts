import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { delay } from '#libs/kernel';
import { CutCheckouts } from '../support/cut-checkouts.js';
import { expectEverythingOnce } from '../support/expect-everything-once.js';
import { openStore, PayingShop } from '../support/paying-shop.js';
import { stockOf } from '../support/shop-client.js';

const STORE = 'cut';
const SKU = 'PAD';
const CHECKOUTS = Number(process.env.CUT_CHECKOUTS ?? 1_000);
const SEED = Number(process.env.CUT_SEED ?? 1);
const TROUBLED = 'troubled';
const OUTAGE_MS = 3_000;
const AUTHORING_AWAY_MS = 30_000;
const ON_HAND = 100_000;
const LIMIT_MS = 60 * 60_000;

describe(`${CHECKOUTS} checkouts whose connections are cut`, () => {
  let shop: PayingShop;

  beforeAll(async () => {
    shop = await PayingShop.open({
      commerce: 3,
      authoring: 2,
      store: STORE,
      sku: SKU,
      onHand: ON_HAND,
    });
  });

  afterAll(() => shop?.close());

  it(
    'make one order of each cart, one capture of each payment, one copy of each mail',
    async () => {
      const options = { seed: SEED, checkouts: CHECKOUTS, shoppers: 8, kills: 20 };
      const { fleet, provider, staff, ware } = shop;
      const trial = new CutCheckouts(fleet, provider, staff, {
        ...options,
        store: STORE,
        sku: SKU,
      });
      const beganMs = performance.now();
      const settled = await trial.run();
      await expectEverythingOnce(STORE, settled, shop);
      expect(await stockOf(staff, ware)).toBe(ON_HAND - CHECKOUTS);
      const seconds = Math.round((performance.now() - beganMs) / 1_000);
      const { request, answer, kill } = trial.cuts;
      process.stdout.write(
        `\nseed ${SEED}: ${CHECKOUTS} checkouts, cut ${request} times in a request and ${answer} times in an ` +
          `answer, ${kill} replicas killed: all once, in ${seconds} s\n`,
      );
    },
    LIMIT_MS,
  );

  it(
    'do so while Redis freezes, dies and comes back empty, and while nobody is in the back office',
    async () => {
      const options = { seed: SEED + 1, checkouts: CHECKOUTS, shoppers: 8, kills: 2 };
      const { fleet, provider, staff } = shop;
      const trial = new CutCheckouts(fleet, provider, staff, {
        ...options,
        store: TROUBLED,
        sku: SKU,
      });
      await openStore(staff, { store: TROUBLED, sku: SKU, onHand: ON_HAND });
      const settled = trial.run();
      const { redis } = fleet;
      redis.freeze();
      await delay(OUTAGE_MS);
      redis.thaw();
      await redis.kill();
      await delay(OUTAGE_MS);
      await redis.restart({ empty: true });
      await trial.closeOffices(AUTHORING_AWAY_MS);
      await expectEverythingOnce(TROUBLED, await settled, shop);
    },
    LIMIT_MS,
  );
});
