import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, installHints } from './install.mjs';
import { projectRoot } from './run.mjs';
const here = { platform: 'linux', arch: 'x64', libc: 'glibc' };
const FOR_ANOTHER = { os: ['no-such-system'], cpu: ['no-such-processor'] };

describe('ensureInstalled', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'lockstep install '));
    await mkdir(join(root, 'part'));
    await writeJson('part/package.json', { name: 'part', version: '1.0.0' });
    const dependencies = {
      dependencies: { part: 'file:part' },
      optionalDependencies: { native: '1.0.0' },
    };
    await writeJson('package.json', dependencies);
    await writeJson('package-lock.json', {
      lockfileVersion: 3,
      packages: {
        '': dependencies,
        'node_modules/native': { version: '1.0.0', optional: true, ...FOR_ANOTHER },
        'node_modules/part': { resolved: 'part', link: true },
        part: { version: '1.0.0' },
      },
    });
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const writeJson = (name: string, content: object) =>
    writeFile(join(root, name), JSON.stringify(content));
  const mark = () => writeFile(join(root, 'node_modules', 'mark'), '');
  /** npm ci deletes the whole folder first. */
  const isUntouched = () => existsSync(join(root, 'node_modules', 'mark'));
  const stamp = () => join(root, 'node_modules', '.lockstep-install');

  it('installs once, and anew for another machine or C library', async () => {
    await ensureInstalled({ root, machine: here });
    expect(existsSync(join(root, 'node_modules/part/package.json'))).toBe(true);
    await mark();
    await ensureInstalled({ root, machine: here });
    expect(isUntouched()).toBe(true);
    await ensureInstalled({ root, machine: { ...here, libc: 'musl' } });
    expect(isUntouched()).toBe(false);
    await mark();
    await ensureInstalled({ root, machine: here });
    expect(isUntouched()).toBe(false);
  });

  it('installs anew when the lock file has changed, and after a stamp of another Node', async () => {
    await ensureInstalled({ root, machine: here });
    await mark();
    const wanted = await readFile(stamp(), 'utf8');
    await writeFile(stamp(), wanted.replace('linux x64 glibc', 'linux x64 abi115'));
    await ensureInstalled({ root, machine: here });
    expect(isUntouched()).toBe(false);
    expect(await readFile(stamp(), 'utf8')).toBe(wanted);
    await mark();
    const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, object>;
    };
    await writeJson('part/package.json', { name: 'part', version: '1.0.1' });
    lock.packages['part'] = { version: '1.0.1' };
    await writeJson('package-lock.json', lock);
    await ensureInstalled({ root, machine: here });
    expect(isUntouched()).toBe(false);
  });

  it('takes what was installed by hand, unless it is for another machine', async () => {
    await ensureInstalled({ root, machine: here });
    await rm(stamp());
    await mark();
    await ensureInstalled({ root, machine: here });
    expect(isUntouched()).toBe(true);
    await rm(stamp());
    const other = { platform: 'no-such-system', arch: 'no-such-processor', libc: undefined };
    await ensureInstalled({ root, machine: other });
    expect(isUntouched()).toBe(false);
  });
});

describe('installHints', () => {
  it('names the space where a module had to be compiled in such a folder', () => {
    const output = 'gyp ERR! build error\n/bin/sh: 1: b: not found';
    expect(installHints(output, '/home/me/a b')).toEqual([
      expect.stringContaining('no folder whose path has a space: move /home/me/a b'),
    ]);
    expect(installHints(output, '/home/me/ab')).toEqual([expect.stringContaining('compiler')]);
  });
});

describe('package-lock.json', () => {
  interface Entry {
    readonly resolved?: string;
    readonly optionalDependencies?: Record<string, string>;
  }

  // `npm ci` refuses a lock file without them, on every machine; npm itself can write one (https://github.com/npm/cli/issues/4828).
  it('has the optional packages of all machines, and names no host', async () => {
    const text = await readFile(join(projectRoot, 'package-lock.json'), 'utf8');
    const { packages } = JSON.parse(text) as { packages: Record<string, Entry> };
    const found = (from: string, name: string): boolean => {
      if (`${from}${from === '' ? '' : '/'}node_modules/${name}` in packages) return true;
      if (from === '') return false;
      const above = from.lastIndexOf('/node_modules/');
      return found(above === -1 ? '' : from.slice(0, above), name);
    };
    const missing = Object.entries(packages).flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter((name) => !found(path, name)),
    );
    expect(missing).toEqual([]);
    expect(Object.values(packages).filter((entry) => entry.resolved?.includes('://'))).toEqual([]);
  });
});
