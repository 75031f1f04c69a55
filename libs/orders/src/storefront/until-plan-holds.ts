import type { Follower } from '#libs/cache';
import { ordersErrors } from '../model/orders.errors.js';
import { PlanOutdated } from './order-placing.js';

const MAX_PLANS = 5;

/**
 * Plans an order and places it, again as long as something that the plan was built from has changed meanwhile, each time
 * from what this replica knows by then. Throws `orders.keeps-changing` when that happened five times, and whatever else
 * `attempt` throws.
 */
export async function untilPlanHolds<T>(
  follower: Pick<Follower, 'ensurePosition'>,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let plans = 0; plans < MAX_PLANS; plans += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof PlanOutdated)) throw error;
      await follower.ensurePosition(error.position);
    }
  }
  throw ordersErrors.keepsChanging({ retryAfterSeconds: 1 });
}
