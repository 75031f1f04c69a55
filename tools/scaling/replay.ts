import { parseDuration, readRules, type Decision } from '#libs/scaling';
import { readTextFile } from '../read-text-file.js';
import { parseArguments } from '../parse-arguments.js';
import { UsageError } from '../usage-error.js';
import { describeDecision, describeFrozen } from './describe-decision.js';
import { readMetrics } from './read-metrics.js';
import { replayRules } from './replay-rules.js';

const USAGE = 'usage: npm run scaling:replay -- rules.yaml metrics.csv [--every 15s]';

const OPTIONS = { every: { type: 'string', default: '15s' } } as const;

/** `npm run scaling:replay`: prints what rules would have done over measurements. */
export async function run(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { rulesFile, metricsFile, intervalMs } = readArguments(args);
  const rules = readRules(readTextFile(rulesFile));
  const samples = readMetrics(readTextFile(metricsFile));
  let before: Decision | undefined;
  let changes = 0;
  for (const decision of replayRules(rules, samples, intervalMs)) {
    const changed = describeDecision(decision);
    changes += changed.length;
    for (const line of [...describeFrozen(before, decision), ...changed]) print(line);
    before = decision;
  }
  const end = (before?.roles ?? []).map(({ role, desired }) => `${role} ${desired}`).join(', ');
  print(`${samples.length} measurements, ${changes} changes; at the end: ${end}`);
  return 0;
}

function readArguments(args: readonly string[]) {
  const { values, positionals } = parseArguments(args, OPTIONS, USAGE);
  const [rulesFile, metricsFile, ...others] = positionals;
  const intervalMs = parseDuration(values.every);
  if (rulesFile === undefined || metricsFile === undefined || intervalMs === undefined) {
    throw new UsageError(USAGE);
  }
  if (others.length > 0) throw new UsageError(USAGE);
  return { rulesFile, metricsFile, intervalMs };
}
