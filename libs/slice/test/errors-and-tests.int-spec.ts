import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';

interface Declared {
  readonly name: string;
  readonly code: string;
  readonly path: string;
}

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Never the code of an answer: readiness tells the state of the check alone. */
const TOLD_OTHERWISE = new Set(['cache.warming-up']);
const DECLARATION = /(\w+): \{\s*code: '([a-z.-]+)'/g;
const TEST = /spec\.ts$|\/test\/|^test\//;

async function read(...patterns: readonly string[]): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for await (const path of glob(patterns)) files.push({ path, text: readFileSync(path, 'utf8') });
  return files;
}

/** By the name under which it is thrown, or by its code. */
function names({ path, text }: SourceFile, error: Declared): boolean {
  if (path === error.path) return false;
  return text.includes(`'${error.code}'`) || new RegExp(`[.']${error.name}\\b`).test(text);
}

/** An error without a thrower is a promise of docs/errors.md that nothing keeps; one without a test may be lost unnoticed. */
describe('errors', () => {
  it('are thrown, and named by a test', async () => {
    const files = await read('{apps,libs,tools,test}/**/*.ts');
    const declared = files
      .filter(({ path }) => path.endsWith('.errors.ts'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(DECLARATION)].map(([, name = '', code = '']): Declared => ({
          name,
          code,
          path,
        })),
      );
    expect(declared.length).toBeGreaterThan(200);
    const [tests, sources] = [
      files.filter(({ path }) => TEST.test(path)),
      files.filter(({ path }) => !TEST.test(path)),
    ];
    const isNamed = (by: readonly SourceFile[]) => (error: Declared) =>
      by.some((file) => names(file, error));
    const codes = (errors: readonly Declared[]) => errors.map(({ code }) => code);
    const isThrown = isNamed(sources);
    expect(codes(declared.filter((error) => !isThrown(error)))).toEqual([]);
    const isTested = isNamed(tests);
    const untested = declared.filter((error) => !isTested(error));
    expect(codes(untested).filter((code) => !TOLD_OTHERWISE.has(code))).toEqual([]);
  });
});
