import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectRoot } from './lib/run.mjs';

interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** For each program, on however busy a machine. */
const LIMIT_MS = 5 * 60_000;
const JEST = 'node_modules/jest/bin/jest.js';

describe('npm run new:slice', () => {
  let copy: string;

  beforeAll(async () => {
    // Inside the project, on the file system of its packages: they are linked, not copied.
    const state = join(projectRoot, '.lockstep');
    await mkdir(state, { recursive: true });
    copy = await mkdtemp(join(state, 'new-slice-'));
    const output = await pass(projectRoot, 'git', ['ls-files', '-z']);
    for (const file of output.split('\0').filter(Boolean)) {
      await mkdir(dirname(join(copy, file)), { recursive: true });
      await cp(join(projectRoot, file), join(copy, file));
    }
    await pass(projectRoot, 'cp', ['-al', 'node_modules', copy]);
    // Its own, or the tools would take it for an ignored folder of this one.
    await pass(copy, 'git', ['init', '-q']);
  }, LIMIT_MS);

  afterAll(() => rm(copy, { recursive: true, force: true }), LIMIT_MS);

  const node = (...args: string[]) => pass(copy, process.execPath, args);
  const npx = (name: string, ...args: string[]) =>
    pass(copy, join(copy, 'node_modules', '.bin', name), args);

  it(
    'makes a slice that passes the checks, the build, its tests and its routes without an edit',
    async () => {
      await node('tools/new-slice.mjs', 'gift-cards', '--entity', 'GiftCard');
      // What `npm run check` runs, with the specs that are new.
      await npx('prettier', '--check', 'apps', 'libs', 'test', 'tools');
      await npx('oxlint', '--type-aware');
      await npx('tsc', '--noEmit');
      const folders = ['apps', 'libs', 'tools', 'test'];
      await npx('depcruise', '--config', '.dependency-cruiser.cjs', ...folders);
      await npx('knip');
      await npx('nest', 'build');
      const projects = ['--selectProjects', 'unit', 'integration', 'e2e', '-w', '1'];
      const tested = await node(JEST, ...projects, 'gift-card', 'apps/[a-z]*/src/[a-z]*-graph');
      expect(tested).toContain('5 passed, 5 total');
    },
    2 * LIMIT_MS,
  );

  const newSlice = (...args: string[]) =>
    run(copy, process.execPath, ['tools/new-slice.mjs', ...args]);

  it('refuses names that are none or mean something else, and a slice that exists', async () => {
    for (const names of [
      [],
      ['pricing'],
      ['Gift', '--entity', 'Gift'],
      ['a', 'b', '--entity', 'A'],
    ]) {
      expect(await newSlice(...names)).toMatchObject({
        code: 1,
        output: expect.stringContaining('usage: npm run new:slice'),
      });
    }
    expect(await newSlice('groups', '--entity', 'Group')).toMatchObject({
      code: 1,
      output: expect.stringContaining('means something else'),
    });
    expect(await newSlice('stores', '--entity', 'Shop')).toMatchObject({
      code: 1,
      output: expect.stringContaining('exists already'),
    });
  });
});

/** What it prints. Rejects with that when it fails. */
async function pass(cwd: string, program: string, args: readonly string[]): Promise<string> {
  const { code, output } = await run(cwd, program, args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

function run(cwd: string, program: string, args: readonly string[]): Promise<Outcome> {
  const options = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
  const env = { ...process.env, NODE_OPTIONS: options };
  return new Promise((resolve) => {
    const settings = { cwd, env, timeout: LIMIT_MS, maxBuffer: 50_000_000 };
    const child = execFile(program, args, settings, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: `${stdout}${stderr}` }),
    );
  });
}
