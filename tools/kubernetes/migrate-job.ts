import { createHash } from 'node:crypto';
import { fileOf } from './plan-role.js';
import { labelsOf, metadataOf, nameOf } from './role-objects.js';
import { literal, podTemplate } from './pod-template.js';
import type { FleetPlan } from './fleet-plan.js';

const STAFF_PASSWORD = 'staff_password';
const MIGRATE = 'node --enable-source-maps dist/tools/migrate.js';
const DAY_S = 86_400;
/** The password stays a file until the process that needs it is started. */
const WITH_DEMO = [
  MIGRATE,
  `LOCKSTEP_STAFF_PASSWORD="$(cat ${fileOf(STAFF_PASSWORD)})"`,
  'export LOCKSTEP_STAFF_PASSWORD',
  'exec node --enable-source-maps dist/tools/seed.js',
  '',
].join('\n');

/**
 * Brings the schema to the release of the image; replicas of the one before run on with it. A Job cannot be changed, so its name
 * follows from all it says: applied again it is done already, and another release is another Job.
 */
export function migrateJob(plan: FleetPlan): object {
  const component = 'migrate';
  const spec = jobSpec(plan, component);
  const hash = createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 10);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadataOf(plan, component, `${nameOf(plan, component)}-${hash}`),
    spec,
  };
}

function jobSpec(plan: FleetPlan, component: string): object {
  const { demo } = plan;
  return {
    backoffLimit: 6,
    ttlSecondsAfterFinished: DAY_S,
    template: podTemplate(plan, plan.roles.authoring, {
      labels: labelsOf(plan, component),
      ...(demo === undefined
        ? { container: { name: component, args: MIGRATE.split(' ') } }
        : {
            environment: { LOCKSTEP_STAFF_EMAIL: demo.staffEmail },
            secrets: { [STAFF_PASSWORD]: demo.staffPassword },
            container: { name: component, args: ['sh', '-ec', literal(WITH_DEMO)] },
          }),
      spec: { restartPolicy: 'Never' },
    }),
  };
}
