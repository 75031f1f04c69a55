import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settleDocuments } from './settle-documents.js';

describe('settleDocuments', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep-documents-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('fails a check while a file is missing or differs, and changes nothing', async () => {
    const path = join(folder, 'docs', 'a.md');
    expect(settleDocuments([{ path, text: 'new' }], true)).toBe(1);
    await expect(readFile(path)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(settleDocuments([{ path, text: 'new' }], false)).toBe(0);
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(settleDocuments([{ path, text: 'new' }], true)).toBe(0);
    await writeFile(path, 'old');
    expect(settleDocuments([{ path, text: 'new' }], true)).toBe(1);
    expect(await readFile(path, 'utf8')).toBe('old');
  });
});
