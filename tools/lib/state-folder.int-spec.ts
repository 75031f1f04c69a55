import { describe, expect, it } from '@jest/globals';
import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeStateFolder } from './run.mjs';

describe('the folder of a checkout for what is its own', () => {
  it.each([
    ['new', false],
    ['open to everybody before', true],
  ])('is open to nobody but its owner: %s', async (_what, isThere) => {
    const root = await mkdtemp(join(tmpdir(), 'lockstep-state-'));
    const folder = join(root, '.lockstep');
    try {
      if (isThere) {
        await mkdir(folder);
        await chmod(folder, 0o755);
      }
      makeStateFolder(folder);
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
