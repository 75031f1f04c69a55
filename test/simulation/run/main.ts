import { parseArgs } from 'node:util';
import { runExhaustively } from '../exhaustive/run-exhaustively.js';
import { simulate } from '../simulate.js';

const MAX_FAILURES = 20;
const PROGRESS_EVERY = 10_000;
const TRACE_TAIL = 40;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    replay: { type: 'string' },
    exhaustive: { type: 'boolean', default: false },
    scenario: { type: 'string', multiple: true },
    mutant: { type: 'string' },
  },
});

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const wholeNumber = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new RangeError(`not a number: ${text}`);
  return Number(text);
};

async function replay(seed: number): Promise<void> {
  const run = await simulate({ seed, isRecording: true });
  for (const line of run.lines) print(line);
  print(`seed ${seed}: ${run.events} events, ${run.answers} answers, trace ${run.hash}`);
  for (const { rule, detail } of run.violations) print(`  ${rule}: ${detail}`);
}

async function lastLines(seed: number): Promise<readonly string[]> {
  const { lines } = await simulate({ seed, isRecording: true });
  const end = lines.findIndex((line) => line.includes('VIOLATION')) + 1;
  return lines.slice(Math.max(0, end - TRACE_TAIL), end);
}

async function runMany(from: number, count: number): Promise<void> {
  const startedAt = performance.now();
  const failed: number[] = [];
  let [runs, events, answers, orders] = [0, 0, 0, 0];
  for (let seed = from; seed < from + count && failed.length < MAX_FAILURES; seed += 1) {
    const run = await simulate({ seed });
    runs += 1;
    events += run.events;
    answers += run.answers;
    orders += run.orders;
    const first = run.violations[0];
    if (first !== undefined) {
      failed.push(seed);
      print(`seed ${seed}: ${first.rule}: ${first.detail}`);
    }
    if (runs % PROGRESS_EVERY === 0) print(`${runs} of ${count} seeds`);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  print(
    `${runs} seeds from ${from}: ${failed.length} failed, ${answers} answers and ${orders} orders checked in ${events} events, ${seconds.toFixed(1)} s`,
  );
  if (failed[0] === undefined) return;
  process.exitCode = 1;
  print(`npm run sim -- --replay ${failed[0]} shows all that led to the first, which ends with`);
  for (const line of await lastLines(failed[0])) print(line);
}

const { scenario, mutant } = values;
if (values.exhaustive || scenario !== undefined) {
  const isWell = await runExhaustively(
    { scenarios: scenario, replay: values.replay, mutant },
    print,
  );
  if (!isWell) process.exitCode = 1;
} else if (values.replay === undefined)
  await runMany(wholeNumber(values.from), wholeNumber(values.seeds));
else await replay(wholeNumber(values.replay));
