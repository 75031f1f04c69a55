// Compiles TypeScript as every suite does, but one file with a mutant in it. Only that file has a cache entry of its own.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import swcJest from '@swc/jest';
import { mutated } from '../lib/mutant-table.mjs';

const self = readFileSync(new URL(import.meta.url), 'utf8');

export default {
  /**
   * A mutant replaces texts of the file at `path`, or names a file that stands in for it.
   * @param {{ swc: object, mutant?: { path: string, replace?: readonly (readonly [string, string])[], instrumented?: string } }} config
   */
  createTransformer({ swc, mutant }) {
    const compiler = swcJest.createTransformer(swc);
    const textOf = (text, path) => {
      if (path !== mutant?.path) return text;
      const { instrumented } = mutant;
      return instrumented === undefined
        ? mutated(mutant, text)
        : readFileSync(instrumented, 'utf8');
    };
    return {
      process: (text, path, options) => compiler.process(textOf(text, path), path, options),
      processAsync: (text, path, options) =>
        compiler.processAsync(textOf(text, path), path, options),
      getCacheKey: (text, path, { supportsStaticESM }) =>
        createHash('sha1')
          .update(
            JSON.stringify([
              self,
              swc,
              process.version,
              supportsStaticESM,
              path,
              textOf(text, path),
            ]),
          )
          .digest('hex'),
    };
  },
};
