// A copy of the checkout in which mutants can live without anybody else seeing them.
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { capture, Instruction, projectRoot, stateFolder } from '../../../tools/lib/run.mjs';
import { mutated } from './mutant-table.mjs';

const FOLDERS = ['apps', 'libs', 'test', 'tools', 'docs', 'docker'];

/** One copy; use it for one mutant at a time. */
export class TreeCopy {
  /** @param {number} number which of the copies that run side by side */
  constructor(number) {
    this.root = join(stateFolder, 'mutants', String(number));
  }

  make() {
    rmSync(this.root, { recursive: true, force: true });
    mkdirSync(this.root, { recursive: true });
    for (const name of FOLDERS)
      cpSync(join(projectRoot, name), join(this.root, name), { recursive: true });
    for (const entry of readdirSync(projectRoot, { withFileTypes: true })) {
      if (entry.isFile()) cpSync(join(projectRoot, entry.name), join(this.root, entry.name));
    }
    symlinkSync(join(projectRoot, 'node_modules'), join(this.root, 'node_modules'));
    return this;
  }

  /** Puts the mutant in, runs `work`, takes it out again. */
  async with(mutant, work) {
    const path = join(this.root, mutant.file);
    const original = readFileSync(path, 'utf8');
    writeFileSync(path, mutated(mutant, original));
    try {
      return await work();
    } finally {
      writeFileSync(path, original);
    }
  }

  /** Builds what is there; only what has changed is compiled again. */
  async build() {
    const nest = join(this.root, 'node_modules', '.bin', 'nest');
    for (const program of [[nest, 'build'], ['tools/bundle.mjs']]) {
      const settings = { cwd: this.root, timeoutMs: 300_000 };
      const { code, output } = await capture(process.execPath, program, settings);
      if (code !== 0) throw new Instruction(`the build failed:\n${output}`);
    }
  }

  remove() {
    rmSync(this.root, { recursive: true, force: true });
  }
}
