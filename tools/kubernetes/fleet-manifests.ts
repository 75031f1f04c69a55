import { stringify } from 'yaml';
import { autoscalers } from './autoscalers.js';
import { httpRoutes } from './http-routes.js';
import { migrateJob } from './migrate-job.js';
import { deployment, disruptionBudget, service } from './role-objects.js';
import { ROLES, type FleetPlan } from './fleet-plan.js';

/** Objects by the file they are in; files are applied in this order, one after the other. */
function fleetObjects(plan: FleetPlan): ReadonlyMap<string, readonly object[]> {
  return new Map([
    ['10-migrate.yaml', [migrateJob(plan)]],
    [
      '20-around.yaml',
      [
        ...ROLES.flatMap((role) => [service(plan, role), disruptionBudget(plan, role)]),
        ...autoscalers(plan),
        ...httpRoutes(plan),
      ],
    ],
    // Authoring first: jobs of new commerce replicas find a worker that knows them.
    ['30-authoring.yaml', [deployment(plan, 'authoring')]],
    ['40-commerce.yaml', [deployment(plan, 'commerce')]],
  ]);
}

/** The same plan gives the same texts, byte for byte. */
export function fleetManifests(plan: FleetPlan): ReadonlyMap<string, string> {
  return new Map(
    [...fleetObjects(plan)].map(([path, objects]) => [
      path,
      // No anchors: tools that read manifests differ in what they make of them.
      objects.map((object) => stringify(object, { aliasDuplicateObjects: false })).join('---\n'),
    ]),
  );
}
