import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  breaches,
  domain,
  fileOf,
  innocent,
  ownedPackages,
  plantTree,
  rules,
  waysIn,
  type BoundaryRule,
} from '../test/support/planted-tree.js';
import { projectRoot } from './lib/run.mjs';

interface Violation {
  readonly from: string;
  readonly rule: BoundaryRule;
}

/** The names, as patterns, in the path of a rule about packages. */
function packagesIn(path: string | readonly string[] | undefined): string[] {
  const names =
    typeof path === 'string' ? /^\^node_modules\/\((.+)\)\(/.exec(path)?.[1] : undefined;
  return names?.split('|') ?? [];
}

describe('the boundary check', () => {
  let tree: string;
  let violations: Violation[];

  beforeAll(async () => {
    tree = await mkdtemp(join(tmpdir(), 'lockstep-boundaries-'));
    await plantTree(tree);
    violations = await check(tree);
  });
  afterAll(() => rm(tree, { recursive: true, force: true }));

  it('has a planted breach for every rule', () => {
    expect(Object.keys(breaches).toSorted()).toEqual(rules.map(({ name }) => name).toSorted());
    expect(domain).toEqual(expect.arrayContaining(['identity', 'stores', 'catalog']));
  });

  it.each(Object.entries(breaches))('%s is found where it is planted', (name, [file]) => {
    expect(violations.filter(({ rule }) => rule.name === name).map(({ from }) => from)).toContain(
      file,
    );
  });

  it.each(waysIn)('%s is found in %s', (name, file) => {
    expect(violations.filter(({ rule }) => rule.name === name).map(({ from }) => from)).toContain(
      file,
    );
  });

  it('has a planted breach for every package that has an owner', () => {
    const unplanted = rules.flatMap(({ name, to }) =>
      packagesIn(to.path).filter(
        (owned) =>
          !ownedPackages.some(
            ([rule, one]) => rule === name && new RegExp(`^${owned}(/|$)`).test(one),
          ),
      ),
    );
    expect(unplanted).toEqual([]);
    expect(rules.flatMap(({ to }) => packagesIn(to.path))).toHaveLength(ownedPackages.length);
  });

  it.each(ownedPackages)('%s finds %s', (name, owned) => {
    expect(violations.filter(({ rule }) => rule.name === name).map(({ from }) => from)).toContain(
      fileOf(owned),
    );
  });

  it('reports no allowed import', () => {
    const reported = violations.filter(({ from }) => from in innocent);
    // A cycle has two ends; both are named.
    expect(reported.filter(({ rule }) => rule.name !== 'no-cycles')).toEqual([]);
  });
});

describe('a tree that the boundary rules do not know', () => {
  let tree: string;

  beforeEach(async () => {
    tree = await mkdtemp(join(tmpdir(), 'lockstep-unknown-'));
    await plantTree(tree);
  });
  afterEach(() => rm(tree, { recursive: true, force: true }));

  const plant = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(join(tree, file)), { recursive: true });
    await writeFile(join(tree, file), text);
  };

  it('fails the check, with what to do about each of its libraries and files', async () => {
    await plant('libs/newcomer/src/index.ts', 'export {};');
    await plant('libs/http/library.json', '{ "uses": [] }');
    await plant('libs/open/library.json', '{ "uses": ["cache", "handing"] }');
    await plant('libs/handing/library.json', '{ "uses": ["open"] }');
    await plant('libs/leaky/src/staff.repository.ts', 'export {};');
    await expect(check(tree)).rejects.toThrow(
      new RegExp(
        [
          'libs/http is both.*',
          'libs/newcomer is neither: a domain library has a library.json.*',
          'libs/handing and libs/open use each other.*',
          'libs/leaky/src/staff.repository.ts is in no room: move it to model.*',
          'libs/open/library.json names no domain library: cache',
        ].join('[\\s\\S]*'),
      ),
    );
  });
});

describe('the environment', () => {
  it('is read in libs/config only', async () => {
    const tree = await mkdtemp(join(tmpdir(), 'lockstep-environment-'));
    const code = 'export const level = process.env.LOG_LEVEL;';
    try {
      for (const library of ['config', 'http']) {
        await mkdir(join(tree, `libs/${library}/src`), { recursive: true });
        await writeFile(join(tree, `libs/${library}/src/reads-environment.ts`), code);
      }
      await writeFile(
        join(tree, 'libs/http/src/other-way.ts'),
        "import { env } from 'node:process'; env;",
      );
      const reported = await lint(tree);
      expect(reported).toContain('libs/http/src/reads-environment.ts node(no-process-env)');
      expect(reported).toContain('libs/http/src/other-way.ts eslint(no-restricted-imports)');
      expect(reported.filter((line) => line.startsWith('libs/config/'))).toEqual([]);
    } finally {
      await rm(tree, { recursive: true, force: true });
    }
  });
});

describe('the length of a file', () => {
  it('is 300 lines, also of tests, tables and configurations', async () => {
    const tree = await mkdtemp(join(tmpdir(), 'lockstep-length-'));
    const linesOf = (count: number) => 'void 0;\n'.repeat(count).trimEnd();
    const files = ['libs/cart.ts', 'libs/cart.int-spec.ts', 'test/table.mjs', '.own.cjs'];
    try {
      for (const folder of ['libs', 'test']) await mkdir(join(tree, folder));
      await writeFile(join(tree, 'libs/whole.spec.ts'), linesOf(300));
      for (const file of files) await writeFile(join(tree, file), linesOf(301));
      const reported = await lint(tree);
      const long = reported.filter((line) => line.endsWith('eslint(max-lines)'));
      expect(long.toSorted()).toEqual(files.map((file) => `${file} eslint(max-lines)`).toSorted());
    } finally {
      await rm(tree, { recursive: true, force: true });
    }
  });
});

/** The lint rules of the project that need no types, on another folder; "file rule" for each report. */
async function lint(root: string): Promise<string[]> {
  const settings = await readFile(join(projectRoot, '.oxlintrc.json'), 'utf8');
  await writeFile(join(root, '.oxlintrc.json'), settings.replace('"typeAware": true,', ''));
  const program = join(projectRoot, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const report = await output(root, [program, '--format', 'json']);
  const { diagnostics } = JSON.parse(report) as {
    diagnostics: { code: string; filename: string }[];
  };
  return diagnostics.map(({ code, filename }) => `${filename} ${code}`);
}

/** The check as `npm run boundaries` runs it, in another folder. */
async function check(root: string): Promise<Violation[]> {
  const program = join(projectRoot, 'node_modules', '.bin', 'depcruise');
  const args = [
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    'apps',
    'libs',
    'tools',
  ];
  const report = JSON.parse(await output(root, [program, ...args])) as {
    summary: { violations: Violation[] };
  };
  return report.summary.violations;
}

/** What a Node program prints. Its exit code says that it found something; without output it did not run. */
function output(cwd: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 50_000_000 }, (_error, stdout, stderr) => {
      if (stdout === '') reject(new Error(stderr));
      else resolve(stdout);
    });
  });
}
