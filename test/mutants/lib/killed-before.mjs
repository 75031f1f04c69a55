// Remembers which mutants were killed, so that a run that was ended goes on where it was (`--resume`).
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot, stateFolder } from '../../../tools/lib/run.mjs';

const path = join(stateFolder, 'mutants', 'killed.txt');

/** What a verdict depends on as far as it is known: the mutant, its file, its suites; not what else the suites read. */
function markOf(mutant) {
  const texts = [mutant.file, ...mutant.suites].map((file) =>
    readFileSync(join(projectRoot, file), 'utf8'),
  );
  return createHash('sha256')
    .update(JSON.stringify([mutant.name, mutant.replace, texts]))
    .digest('hex');
}

/** Begins anew, or with what earlier runs have found. */
export class KilledBefore {
  /** @readonly */
  #marks;

  constructor({ isResumed }) {
    mkdirSync(dirname(path), { recursive: true });
    if (!isResumed) rmSync(path, { force: true });
    this.#marks = new Set(existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []);
  }

  has(mutant) {
    return this.#marks.has(markOf(mutant));
  }

  add(mutant) {
    appendFileSync(path, `${markOf(mutant)}\n`);
  }

  forget(mutant) {
    const marks = readFileSync(path, 'utf8').split('\n');
    const mark = markOf(mutant);
    writeFileSync(path, marks.filter((each) => each !== mark).join('\n'));
  }
}
