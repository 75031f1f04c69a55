import { dirname, join, resolve } from 'node:path';
import { parseArguments } from '../parse-arguments.js';
import { readTextFile } from '../read-text-file.js';
import { UsageError } from '../usage-error.js';
import { writeWhole } from '../write-whole.js';
import { fleetManifests } from './fleet-manifests.js';
import { nameOf } from './role-objects.js';
import { readFleet } from './read-fleet.js';
import type { FleetPlan } from './fleet-plan.js';

const USAGE = 'usage: npm run kubernetes:generate -- kubernetes.yaml --out directory';
const OPTIONS = { out: { type: 'string' } } as const;

/** `npm run kubernetes:generate`: writes what makes Kubernetes run the fleet of a description. */
export async function run(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { file, out } = readArguments(args);
  const plan = readFleet(readTextFile(file), (path) => readTextFile(resolve(dirname(file), path)));
  for (const [path, text] of fleetManifests(plan)) {
    writeWhole(join(out, path), text);
    print(`wrote ${join(out, path)}`);
  }
  for (const line of whatToRun(plan, out)) print(line);
  return 0;
}

function whatToRun(plan: FleetPlan, out: string): string[] {
  const kubectl = `kubectl -n ${plan.namespace}`;
  const migrated = `${kubectl} wait --for=condition=complete --timeout=10m -f ${join(out, '10-migrate.yaml')}`;
  const rolled = (role: string) => `${kubectl} rollout status deployment/${nameOf(plan, role)}`;
  return [
    'run, each after the one before has succeeded:',
    `  kubectl apply -f ${join(out, '10-migrate.yaml')} && ${migrated}`,
    `  kubectl apply -f ${join(out, '20-around.yaml')}`,
    `  kubectl apply -f ${join(out, '30-authoring.yaml')} && ${rolled('authoring')}`,
    `  kubectl apply -f ${join(out, '40-commerce.yaml')} && ${rolled('commerce')}`,
  ];
}

function readArguments(args: readonly string[]) {
  const { values, positionals } = parseArguments(args, OPTIONS, USAGE);
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0 || values.out === undefined) {
    throw new UsageError(USAGE);
  }
  return { file, out: resolve(values.out) };
}
