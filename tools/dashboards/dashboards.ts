import type { Dashboard } from './dashboard.js';
import { fleetDashboards } from './fleet-dashboards.js';
import { shopDashboards } from './shop-dashboards.js';

/** Every dashboard of Lockstep: docker/grafana/dashboards is written from it. */
export const dashboards: readonly Dashboard[] = [...fleetDashboards, ...shopDashboards];
