import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './lib/run.mjs';

const LIMIT_MS = 120_000;

describe('npm run new:slice', () => {
  let folder: string;

  beforeAll(async () => {
    // Inside the project, where `#libs/<name>` means what it says.
    const state = join(projectRoot, '.lockstep');
    await mkdir(state, { recursive: true });
    folder = await mkdtemp(join(state, 'new-slice-'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  function run(...args: string[]): Promise<{ code: number; output: string }> {
    const env = { PATH: process.env['PATH'], NODE_OPTIONS: '--experimental-vm-modules' };
    return new Promise((resolve) => {
      const options = { cwd: projectRoot, env, timeout: LIMIT_MS };
      const child = execFile(process.execPath, args, options, (_error, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, output: `${stdout}${stderr}` }),
      );
    });
  }

  const newSlice = (...args: string[]) =>
    run('tools/new-slice.mjs', ...args, '--into', join(folder, 'libs'));
  const tool = (path: string) => join(projectRoot, 'node_modules', path);

  it(
    'makes a slice that compiles and whose spec passes',
    async () => {
      const made = await newSlice('pricing', 'price-list');
      expect(made).toMatchObject({
        code: 0,
        output: expect.stringContaining('a table price_list'),
      });
      expect((await readdir(join(folder, 'libs/pricing/src'))).toSorted()).toEqual([
        'authoring.ts',
        'index.ts',
        'price-list-view.repository.ts',
        'price-list.editor.ts',
        'price-list.entity.ts',
        'price-list.reader.ts',
        'price-list.repository.ts',
        'price-list.spec.ts',
        'price-list.ts',
        'price-list.view.ts',
        'pricing-authoring.module.ts',
        'pricing.errors.ts',
        'pricing.jobs.ts',
        'pricing.module.ts',
        'pricing.tags.ts',
      ]);

      const tsconfig = join(folder, 'tsconfig.json');
      const compilerOptions = { rootDir: projectRoot, types: ['node'] };
      const settings = { extends: '../../tsconfig.json', include: ['libs'], compilerOptions };
      await writeFile(tsconfig, JSON.stringify(settings));
      const compiled = await run(tool('typescript/bin/tsc'), '-p', tsconfig);
      expect(compiled).toEqual({ code: 0, output: '' });

      const config = join(folder, 'jest.config.mjs');
      await writeFile(
        config,
        `import root from '../../jest.config.mjs';
         export default { ...root.projects[0], modulePathIgnorePatterns: [], testMatch: ['**/*.spec.ts'] };`,
      );
      const tested = await run(tool('jest/bin/jest.js'), '--config', config);
      expect(tested).toMatchObject({ code: 0, output: expect.stringContaining('1 passed') });
    },
    LIMIT_MS,
  );

  it('refuses names that are none, and a slice that exists', async () => {
    for (const names of [[], ['Pricing'], ['pricing', '../x'], ['a', 'b', 'c']]) {
      expect(await newSlice(...names)).toMatchObject({
        code: 1,
        output: expect.stringContaining('usage: npm run new:slice'),
      });
    }
    await mkdir(join(folder, 'libs', 'taken'), { recursive: true });
    expect(await newSlice('taken')).toMatchObject({
      code: 1,
      output: expect.stringContaining('exists already'),
    });
  });
});
