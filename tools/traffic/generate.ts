import { join, resolve } from 'node:path';
import { readTextFile } from '../read-text-file.js';
import { parseArguments } from '../parse-arguments.js';
import { UsageError } from '../usage-error.js';
import { writeWhole } from '../write-whole.js';
import { gdnsdFiles } from './gdnsd-files.js';
import type { GeneratedFiles } from './generated-files.js';
import { gslbManifests } from './k8gb-manifests.js';
import { powerDnsFiles } from './powerdns-files.js';
import { readTraffic } from './read-traffic.js';
import { worstCaseS, type TrafficPlan } from './traffic-plan.js';

const USAGE = `usage: npm run traffic:generate -- traffic.yaml --for gdnsd|powerdns|k8gb --out directory
  [--listen 0.0.0.0:53] [--namespace lockstep] [--ingress lockstep-commerce]`;
const SERVERS = ['gdnsd', 'powerdns', 'k8gb'] as const;

const OPTIONS = {
  for: { type: 'string' },
  out: { type: 'string' },
  listen: { type: 'string', default: '0.0.0.0:53' },
  namespace: { type: 'string', default: 'lockstep' },
  ingress: { type: 'string', default: 'lockstep-commerce' },
} as const;

/** `npm run traffic:generate`: writes what makes a DNS server send shoppers to the sites of a plan. */
export async function run(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { file, server, out, ...options } = readArguments(args);
  const plan = readTraffic(readTextFile(file));
  for (const [path, text] of filesFor(server, plan, { ...options, directory: out })) {
    // A server that looks at the file meanwhile sees the old one or the new one.
    writeWhole(join(out, path), text);
    print(`wrote ${join(out, path)}`);
  }
  for (const profile of plan.profiles) {
    print(
      `${profile.name}: ${profile.policy} of ${profile.endpoints.map(({ site }) => site).join(', ')}` +
        (server === 'k8gb'
          ? ''
          : `; a site that died is asked for at most ${worstCaseS(profile)} s`),
    );
  }
  return 0;
}

interface Options {
  readonly directory: string;
  readonly listen: string;
  readonly namespace: string;
  readonly ingress: string;
}

function filesFor(
  server: (typeof SERVERS)[number],
  plan: TrafficPlan,
  { namespace, ingress, ...rest }: Options,
): GeneratedFiles {
  const options = { ...rest, now: new Date() };
  switch (server) {
    case 'gdnsd':
      return gdnsdFiles(plan, options);
    case 'powerdns':
      return powerDnsFiles(plan, options);
    case 'k8gb':
      return new Map([['gslb.yaml', gslbManifests(plan, { namespace, ingress })]]);
  }
}

function readArguments(args: readonly string[]) {
  const { values, positionals } = parseArguments(args, OPTIONS, USAGE);
  const [file, ...others] = positionals;
  const server = SERVERS.find((name) => name === values.for);
  const isUsable = /^\d+(\.\d+){3}:\d+$/.test(values.listen);
  if (file === undefined || others.length > 0 || server === undefined || !isUsable) {
    throw new UsageError(USAGE);
  }
  if (values.out === undefined) throw new UsageError(USAGE);
  const { listen, namespace, ingress } = values;
  return { file, server, out: resolve(values.out), listen, namespace, ingress };
}
