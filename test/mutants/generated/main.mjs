// `npm run stryker`: the mutants that Stryker finds in the pure files of the libraries, against the floors of floors.json.
//
//   npm run stryker                     all of them (minutes)
//   npm run stryker -- pricing kernel   these libraries
//   npm run stryker -- --raise          and writes the floors that were reached, never lower ones
import { availableParallelism } from 'node:os';
import { endGroups } from '../../../tools/lib/process-group.mjs';
import { judgeTogether } from '../lib/judge-together.mjs';
import { problemsOfFloors, raiseFloors, readFloors } from './score-floors.mjs';
import { strykerMutants } from './stryker-mutants.mjs';

const print = (line) => process.stdout.write(`${line}\n`);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void endGroups().finally(() => process.exit(130)));
}

process.exitCode = await main(process.argv.slice(2));

async function main(args) {
  const floors = readFloors();
  const names = args.filter((arg) => !arg.startsWith('--'));
  const problems = [
    ...problemsOfFloors(floors),
    ...names.filter((name) => floors[name] === undefined).map((name) => `${name} has no floor`),
  ];
  for (const problem of problems) print(`floors.json: ${problem}`);
  if (problems.length > 0) return 1;

  const scores = new Map();
  for (const library of names.length > 0 ? names : Object.keys(floors)) {
    const score = await scoreOf(floors[library].files);
    if (score !== undefined) scores.set(library, score);
    const { floor } = floors[library];
    const verdict = score === undefined ? 'FAILED' : score < floor ? 'BELOW THE FLOOR' : 'ok';
    print(`${library}: ${score?.toFixed(1) ?? '-'} %, floor ${floor} %: ${verdict}`);
    if (verdict !== 'ok') process.exitCode = 1;
  }
  if (args.includes('--raise')) raiseFloors(floors, scores);
  return process.exitCode ?? 0;
}

/** Which part of the mutants of these files is killed, in percent; `undefined` when their suites fail without one. */
async function scoreOf(files) {
  const mutants = (
    await Promise.all(Object.entries(files).map(([file, suite]) => strykerMutants(file, suite)))
  ).flat();
  const lived = new Set(mutants);
  const unchanged = await judgeTogether(mutants, {
    workers: Math.max(1, Math.min(4, availableParallelism())),
    onVerdict: (mutant, { verdict }) => {
      // A file that cannot be loaded with the mutant is noticed by every test.
      if (verdict !== 'SURVIVED') lived.delete(mutant);
      else print(`survived ${mutant.name}`);
    },
  });
  if (unchanged.verdict !== 'SURVIVED') {
    print(`the suites fail without a mutant: ${unchanged.detail}`);
    return undefined;
  }
  return mutants.length === 0 ? 100 : (100 * (mutants.length - lived.size)) / mutants.length;
}
