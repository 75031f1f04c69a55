import { parseDuration, readRules, rolesOf, type ScalingRules } from '#libs/scaling';
import { readTextFile } from '../read-text-file.js';
import { parseArguments } from '../parse-arguments.js';
import { UsageError } from '../usage-error.js';
import { loadCurves, type LoadCurveName } from './load-curves.js';
import { simulate, type SimulationOptions, type SimulationResult } from './simulation.js';

const USAGE = `usage: npm run scaling:simulate -- rules.yaml [--curve daily|flash-sale|slow-start|noisy]
  [--peak 1500] [--capacity 200] [--starts-in 2m] [--initial 2] [--from 2026-07-01T00:00:00Z]
  --peak       requests per second at the highest
  --capacity   requests per second that one replica answers
  --starts-in  until a new replica answers`;

const OPTIONS = {
  curve: { type: 'string' },
  peak: { type: 'string', default: '1500' },
  capacity: { type: 'string', default: '200' },
  'starts-in': { type: 'string', default: '2m' },
  initial: { type: 'string', default: '2' },
  from: { type: 'string', default: '2026-07-01T00:00:00Z' },
} as const;

/** `npm run scaling:simulate`: what rules cost, and what they leave unanswered, over curves of load. */
export async function run(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { file, curves, ...options } = readArguments(args);
  const rules = readRules(readTextFile(file));
  if (!rolesOf(rules).includes('commerce')) {
    throw new UsageError('the rules say nothing of commerce, which is what the curves load');
  }
  const need = Math.ceil(options.peakPerSecond / options.capacityPerSecond);
  print(
    `peak ${options.peakPerSecond}/s, ${options.capacityPerSecond}/s per replica (the peak needs ${need}), a replica starts in ${options.startsInMs / 1_000} s`,
  );
  print(
    'curve       rules         replica-hours  replicas  overload min  unanswered  up/down  settings',
  );
  for (const name of curves) {
    const course = { ...options, curve: loadCurves[name] };
    print(row(name, 'as given', simulate(rules, course)));
    print(
      row(
        name,
        `always ${need}`,
        simulate(fixed(rules, need), { ...course, initialReplicas: need }),
      ),
    );
  }
  return 0;
}

/** What the same costs without rules: as many as the peak needs, all the time. */
function fixed(rules: ScalingRules, count: number): ScalingRules {
  const ranges = new Map([['commerce' as const, { min: count, max: count }]]);
  const constraint = {
    timetable: undefined,
    condition: undefined,
    isEnabled: true,
    rank: 0,
    ranges,
  };
  return { ...rules, constraints: [{ name: 'always', ...constraint }], reactive: [] };
}

function row(curve: string, rules: string, result: SimulationResult): string {
  return [
    curve.padEnd(10),
    rules.padEnd(12),
    result.replicaHours.toFixed(1).padStart(13),
    `${result.fewestReplicas}-${result.mostReplicas}`.padStart(8),
    result.overloadMinutes.toFixed(1).padStart(12),
    `${(result.unansweredShare * 100).toFixed(2)} %`.padStart(10),
    `${result.increases}/${result.decreases}`.padStart(7),
    String(result.settingChanges).padStart(8),
  ].join('  ');
}

interface Arguments extends Omit<SimulationOptions, 'curve'> {
  readonly file: string;
  readonly curves: readonly LoadCurveName[];
}

function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseArguments(args, OPTIONS, USAGE);
  const [file, ...others] = positionals;
  const known = Object.keys(loadCurves) as LoadCurveName[];
  const curves = values.curve === undefined ? known : known.filter((name) => name === values.curve);
  const startsInMs = parseDuration(values['starts-in']);
  const startAt = Date.parse(values.from);
  if (file === undefined || others.length > 0 || curves.length === 0 || startsInMs === undefined) {
    throw new UsageError(USAGE);
  }
  if (Number.isNaN(startAt)) throw new UsageError(USAGE);
  return {
    file,
    curves,
    startsInMs,
    startAt,
    peakPerSecond: positive(values.peak),
    capacityPerSecond: positive(values.capacity),
    initialReplicas: Math.ceil(positive(values.initial)),
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new UsageError(USAGE);
  return value;
}
