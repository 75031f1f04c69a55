// `npm run mutants`: takes away one mechanism at a time and expects a test to notice.
//
//   npm run mutants                  all of them (minutes)
//   npm run mutants -- --resume     without those that an earlier run has killed
//   npm run mutants -- --quick       the pure ones, as in `npm test`
//   npm run mutants -- "no lease"    those whose name contains the text
import { availableParallelism } from 'node:os';
import { prepare } from '../../tools/lib/prepare.mjs';
import { endGroups } from '../../tools/lib/process-group.mjs';
import { REDIS_SERVER_VARIABLE } from '../../tools/lib/redis-binary.mjs';
import { Instruction } from '../../tools/lib/run.mjs';
import { problemsOfFloors, readFloors } from './generated/score-floors.mjs';
import { judge, runSuites } from './lib/judge-mutant.mjs';
import { canJudgeTogether, judgeTogether } from './lib/judge-together.mjs';
import { KilledBefore } from './lib/killed-before.mjs';
import { problemsOf, readMutants } from './lib/mutant-table.mjs';
import { TreeCopy } from './lib/tree-copy.mjs';

const MAX_WORKERS = 4;

const print = (line) => process.stdout.write(`${line}\n`);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void endGroups().finally(() => process.exit(130)));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Instruction ? error.message : error.stack}\n`);
  process.exitCode = 1;
}

async function main(args) {
  const wrong = problemsOfFloors(readFloors());
  if (wrong.length > 0) throw new Instruction(`generated/floors.json: ${wrong.join('; ')}`);
  const all = await readMutants();
  const isResumed = args.includes('--resume');
  const chosen = choose(
    all,
    args.filter((arg) => arg !== '--resume'),
  );
  // Only a run of all of them remembers.
  const killedBefore = chosen === all ? new KilledBefore({ isResumed }) : undefined;
  const equivalent = chosen.filter((mutant) => mutant.equivalent !== undefined);
  const waiting = chosen.filter((mutant) => mutant.equivalent === undefined);
  for (const { name, equivalent: reason } of equivalent)
    print(`equivalent        ${name}: ${reason}`);

  const counts = { killed: 0, SURVIVED: 0, 'does not run': 0, 'no longer applies': 0 };
  const tell = (mutant, verdict, detail) => {
    counts[verdict] += 1;
    if (verdict === 'killed') killedBefore?.add(mutant);
    print(`${verdict.padEnd(17)} ${mutant.name}`);
    if (verdict !== 'killed')
      print(`                  ${mutant.promise}\n                  ${detail}`);
  };
  const takeBack = (mutant) => {
    counts.killed -= 1;
    killedBefore?.forget(mutant);
  };
  const applies = (mutant) => {
    const problems = problemsOf(mutant);
    if (problems.length > 0) tell(mutant, 'no longer applies', problems.join('; '));
    return problems.length === 0;
  };
  const living = waiting.filter(applies);
  // Costs no run of a suite: `npm test` notices every entry that the code has left behind.
  if (args.includes('--quick')) all.filter((mutant) => !chosen.includes(mutant)).forEach(applies);

  const unjudged = living.filter((mutant) => killedBefore?.has(mutant) !== true);
  if (unjudged.length < living.length) {
    counts.killed += living.length - unjudged.length;
    print(`${living.length - unjudged.length} were killed before`);
  }

  await provideParts(unjudged);
  // Suites of processes and timers wait more than they compute; the quick ones do not.
  const perCore = args.includes('--quick') ? 1 : 2;
  const workers = Math.min(MAX_WORKERS, perCore * availableParallelism());
  const rest = await runTogether(unjudged, { workers, tell, takeBack });
  if (rest.length > 0) await runInCopies(rest, workers, tell);
  const summary = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`);
  print(`${living.length} mutants: ${summary.join(', ')}, ${equivalent.length} equivalent`);
  return counts.killed === waiting.length && counts['no longer applies'] === 0 ? 0 : 1;
}

function choose(all, args) {
  const names = new Set(all.map(({ name }) => name));
  if (names.size !== all.length) throw new Instruction('two mutants have one name');
  if (args.includes('--quick')) return all.filter((mutant) => mutant.isQuick);
  if (args.length === 0) return all;
  const chosen = all.filter(({ name }) => args.some((text) => name.includes(text)));
  if (chosen.length === 0) throw new Instruction(`no mutant is called ${args.join(' or ')}`);
  return chosen;
}

/** What the suites need beside the packages; without it every one would fail, and prove nothing. */
async function provideParts(mutants) {
  const needsRedis = mutants.some((mutant) => !mutant.isQuick);
  const { redisBinary } = await prepare({ needsRedis, needsBuild: false });
  if (redisBinary !== undefined) process.env[REDIS_SERVER_VARIABLE] = redisBinary.server;
}

/**
 * Judges in one Jest what can be; answers those of which a copy of the checkout has to tell: nothing but `killed` is believed here, and
 * that of no suite which fails anyway.
 */
async function runTogether(mutants, { workers, tell, takeBack }) {
  const together = mutants.filter((mutant) => canJudgeTogether(mutant));
  if (together.length === 0) return mutants;
  const killed = new Set();
  const unchanged = await judgeTogether(together, {
    workers,
    onVerdict: (mutant, { verdict, detail }) => {
      if (verdict !== 'killed') return;
      killed.add(mutant);
      tell(mutant, verdict, detail);
    },
  });
  if (unchanged.failing.size === 0) assertPasses(unchanged);
  for (const suite of unchanged.failing) print(`fails anyway      ${suite}: is asked again`);
  for (const mutant of killed) {
    if (!mutant.suites.some((suite) => unchanged.failing.has(suite))) continue;
    killed.delete(mutant);
    takeBack(mutant);
  }
  return mutants.filter((mutant) => !killed.has(mutant));
}

async function runInCopies(mutants, workers, tell) {
  const copies = Array.from({ length: Math.min(workers, mutants.length) }, (_, number) =>
    new TreeCopy(number).make(),
  );
  try {
    if (mutants.some((mutant) => mutant.needsBuild)) await copies[0].build();
    const suites = [...new Set(mutants.flatMap((mutant) => mutant.suites))];
    assertPasses(await runSuites(copies[0], suites));
    const queue = [...mutants];
    await Promise.all(
      copies.map(async (copy) => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          const { verdict, detail } = await judge(copy, next);
          tell(next, verdict, detail);
        }
      }),
    );
  } finally {
    for (const copy of copies) copy.remove();
  }
}

/** A suite that fails without any mutant would kill all of them. */
function assertPasses({ verdict, detail }) {
  if (verdict !== 'SURVIVED') throw new Instruction(`the suites fail without a mutant: ${detail}`);
}
