// The mutants that Stryker's mutators find in a file.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { projectRoot, stateFolder } from '../../../tools/lib/run.mjs';

// Texts are for people; a test that repeats them proves nothing.
const excludedMutations = ['StringLiteral'];
const options = { plugins: null, excludedMutations, ignorers: [], noHeader: false };
const silent = {
  debug() {},
  info() {},
  warn() {},
  isDebugEnabled: () => false,
};
// A loop without end passes its mutant more often than any test does.
const HIT_LIMIT = 100_000;

/**
 * All mutants of a pure file as entries for `judgeTogether`. They share one text, in which a switch chooses the mutant whose number the
 * global of its Jest project names.
 */
export async function strykerMutants(file, suite) {
  const content = readFileSync(join(projectRoot, file), 'utf8');
  const { files, mutants } = await new Instrumenter(silent).instrument(
    [{ name: join(projectRoot, file), mutate: true, content }],
    options,
  );
  const folder = join(stateFolder, 'mutants', 'instrumented');
  mkdirSync(folder, { recursive: true });
  const instrumented = join(folder, file.replaceAll('/', '+'));
  writeFileSync(instrumented, files[0].content);
  const kept = mutants.filter(({ status }) => status !== 'Ignored');
  return kept.map(({ id, location, mutatorName, replacement }) => ({
    name: `${file}:${location.start.line + 1}:${location.start.column + 1} ${mutatorName} -> ${oneLine(replacement)} (${id})`,
    file,
    instrumented,
    globals: { __stryker__: { activeMutant: id, hitCount: 0, hitLimit: HIT_LIMIT } },
    suites: [suite],
  }));
}

const oneLine = (text) => text.replaceAll(/\s+/g, ' ').slice(0, 80);
