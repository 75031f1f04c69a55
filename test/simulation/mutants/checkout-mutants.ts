import type { InvalidationLog } from '#libs/database';
import { PlanCheck } from '../../../libs/orders/src/storefront/plan-check.js';
import { ShopCarts } from '../shop/shop-carts.js';
import { standIn } from '../shop/stand-in.js';
import { tagOf, type RowName } from '../world/settings.js';
import { replaceMethod } from './replace-method.js';
import type { Mutant } from './mutant.js';

type Plan = Parameters<PlanCheck['findConflict']>[1];

/** The plan of a checkout is compared with the log as if it had been another one. */
const checkInstead = (change: (plan: Plan) => Plan): (() => void) =>
  replaceMethod(PlanCheck, 'findConflict', (_check, original) => (tx, plan) => {
    return original(tx, change(plan as Plan));
  });

/** Whatever is in the log, the plan holds. */
const holdPlans = (): (() => void) =>
  replaceMethod(PlanCheck, 'findConflict', () => () => Promise.resolve(undefined));

/** Whatever became of the cart, it is the one that was planned. */
const holdCarts = (): (() => void) =>
  replaceMethod(ShopCarts, 'consume', (_carts, original) => async (...parameters) => {
    await original(...parameters);
    return true;
  });

const profile = { shopperEveryMs: 150, writeEveryMs: 150 };
const S3 = 'S3 an order is what the database says';
const S4 = 'S4 one order for a cart';

/** Planned from memory, validated in the database: S3 and S4. */
export const checkoutMutants: readonly Mutant[] = [
  {
    name: 'no validation: neither of the plan nor of the cart',
    install: () => [holdPlans(), holdCarts()],
    profile,
    caughtBy: [S3, S4],
  },
  {
    name: 'the cart alone is validated',
    install: () => [holdPlans()],
    profile,
    caughtBy: [S3],
  },
  {
    name: 'the plan alone is validated',
    install: () => [holdCarts()],
    profile,
    caughtBy: [S3, S4],
  },
  {
    name: 'tags of the plan are incomplete: only those of what is in the cart',
    install: () => [
      checkInstead((plan) => {
        const { cart } = (plan.value as { priced: { cart: { lines: { productId: string }[] } } })
          .priced;
        const own = cart.lines.map(({ productId }) => tagOf(productId as RowName));
        return { ...plan, tags: new Set(own.filter((tag) => plan.tags.has(tag))) };
      }),
    ],
    profile,
    caughtBy: [S3],
  },
  {
    name: 'tags of the plan are incomplete: the last that was read is missing',
    install: () => [
      checkInstead((plan) => ({ ...plan, tags: new Set([...plan.tags].slice(0, -1)) })),
    ],
    profile,
    caughtBy: [S3],
  },
  {
    name: 'a plan counts as made one position later than it was',
    install: () => [checkInstead((plan) => ({ ...plan, position: plan.position + 1 }))],
    profile,
    caughtBy: [S3],
  },
  {
    name: 'what is applied above a hole counts as unknown to the plan',
    install: () => [checkInstead((plan) => ({ ...plan, knownAbove: new Set() }))],
    profile: { ...profile, rollbackRate: 0.4 },
    caughtBy: ['availability'],
  },
  {
    name: 'what is above a hole counts as known to the plan',
    install: () => [
      checkInstead((plan) => ({ ...plan, knownAbove: { has: () => true, size: 0 } as never })),
    ],
    profile,
    caughtBy: [S3],
  },
  {
    name: 'a plan holds although the log was pruned behind it',
    seed: 14,
    install: () => [
      replaceMethod(PlanCheck, 'findConflict', (check, original) => async (tx, plan) => {
        const log = check.log as InvalidationLog;
        check.log = standIn<InvalidationLog>({
          readWithin: async (...range) => ({ ...(await log.readWithin(...range)), prunedTo: 0 }),
        });
        const conflict = original(tx, plan);
        check.log = log;
        return conflict;
      }),
    ],
    faults: ['replication paused', 'prune'],
    settings: { maxTransactionMs: 200, holeGiveUpMs: 400, settleMs: 1_400 },
    profile: { copyLagMs: 300, replicas: 3, shopperEveryMs: 150, writeEveryMs: 1_200 },
    caughtBy: [S3],
  },
];
