// The table of mutants: every file of ../table exports a list, one per area of the code.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../../../tools/lib/run.mjs';

/**
 * @typedef {object} Mutant
 * @property {string} name what is taken away, in words
 * @property {string} promise what is promised, and where it is written
 * @property {string} file the file that is changed
 * @property {readonly (readonly [string, string])[]} replace texts, each there exactly once, and what stands there instead
 * @property {readonly string[]} suites of which at least one test must fail
 * @property {boolean} [isQuick] pure TypeScript and tests without waiting: part of `npm test`
 * @property {boolean} [needsBuild] the suites start what is built
 * @property {string} [equivalent] why nothing can tell it from the original; it is named, not run
 */

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'table');

/** All mutants, in the order of their files. @returns {Promise<readonly Mutant[]>} */
export async function readMutants() {
  const files = readdirSync(folder).filter((file) => file.endsWith('.mjs'));
  const lists = await Promise.all(
    files.toSorted().map(async (file) => (await import(join(folder, file))).mutants),
  );
  return lists.flat();
}

/** What is wrong with an entry of the table: texts that are gone, files that are not there. */
export function problemsOf(/** @type {Mutant} */ mutant, root = projectRoot) {
  const problems = [];
  const path = join(root, mutant.file);
  if (!existsSync(path)) return [`${mutant.file} is gone`];
  const text = readFileSync(path, 'utf8');
  for (const [before, after] of mutant.replace) {
    const times = text.split(before).length - 1;
    if (times !== 1) problems.push(`${mutant.file} has this ${times} times: ${before}`);
    if (before === after) problems.push('it changes nothing');
  }
  for (const suite of mutant.suites) {
    if (!existsSync(join(root, suite))) problems.push(`the suite ${suite} is gone`);
  }
  if (mutant.isQuick && !mutant.file.endsWith('.ts')) problems.push('only TypeScript can be quick');
  return problems;
}

/** The text of the file with the mutant in it. */
export function mutated(/** @type {Mutant} */ mutant, /** @type {string} */ text) {
  return mutant.replace.reduce(
    (result, [before, after]) => result.replace(before, () => after),
    text,
  );
}
