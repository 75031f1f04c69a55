import type { CatalogReplica } from '../../catalog/test/catalog-replica.js';
import { CheckoutPlanning } from '../src/storefront/checkout-planning.js';

/** Does something between a plan and its unit of work, the first times; answers how often was planned. */
export async function betweenPlanAndPlacing(
  { app }: CatalogReplica,
  change: () => Promise<unknown>,
  work: () => Promise<unknown>,
  times = 1,
): Promise<number> {
  const planning = app.get(CheckoutPlanning);
  const plan = planning.plan.bind(planning);
  let plans = 0;
  planning.plan = async (...given) => {
    const planned = await plan(...given);
    plans += 1;
    if (plans <= times) await change();
    return planned;
  };
  try {
    await work();
  } finally {
    planning.plan = plan;
  }
  return plans;
}
