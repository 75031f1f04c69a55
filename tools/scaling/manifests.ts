import { readRules } from '#libs/scaling';
import { readTextFile } from '../read-text-file.js';
import { parseArguments } from '../parse-arguments.js';
import { UsageError } from '../usage-error.js';
import { kedaManifests, nomadBlocks } from './platform-manifests.js';

const USAGE = `usage: npm run scaling:manifests -- rules.yaml --for keda|nomad
  [--prometheus http://prometheus:9090] [--namespace lockstep] [--name lockstep]`;

const OPTIONS = {
  for: { type: 'string' },
  prometheus: { type: 'string', default: 'http://prometheus:9090' },
  namespace: { type: 'string', default: 'lockstep' },
  name: { type: 'string', default: 'lockstep' },
} as const;

/** `npm run scaling:manifests`: what makes another platform follow the rules. */
export async function run(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { file, platform, ...options } = readArguments(args);
  const rules = readRules(readTextFile(file));
  print((platform === 'keda' ? kedaManifests(rules, options) : nomadBlocks(rules)).trimEnd());
  return 0;
}

function readArguments(args: readonly string[]) {
  const { values, positionals } = parseArguments(args, OPTIONS, USAGE);
  const [file, ...others] = positionals;
  const platform = (['keda', 'nomad'] as const).find((name) => name === values.for);
  if (file === undefined || others.length > 0 || platform === undefined)
    throw new UsageError(USAGE);
  const { prometheus, namespace, name } = values;
  return { file, platform, prometheusUrl: prometheus, namespace, name };
}
