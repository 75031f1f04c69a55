import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { named, pageOf, selectionOf, storeIndexOf } from '../../../test/indexed-products.js';
import { MARK } from '../../../test/memory-file.js';
import type { KeptIndex } from '../../model/file/index-file.js';
import { UnusableFile } from '../../model/file/unusable-file.js';
import { StoreIndex } from '../../model/index/store-index.js';
import { IndexFolder } from './index-folder.js';
import type { ShelvedStore } from './index-shelf.js';

const store: ShelvedStore = { code: 'main', id: newId(), locales: ['en'], defaultLocale: 'en' };
const installation = { id: newId(), announcementKey: randomBytes(32).toString('hex') };
const DAYS_2 = 2 * 86_400_000;
const never = new AbortController().signal;

const keptOf = (...names: readonly string[]): KeptIndex => ({
  mark: MARK,
  segments: storeIndexOf(names.map((name, number) => named(number, name))).frozen(),
});

describe('a folder of indexes', () => {
  let folder: string;
  let shelf: IndexFolder;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'lockstep-index-')), 'search');
    shelf = new IndexFolder(folder, async () => installation);
  });

  afterEach(async () => {
    await rm(join(folder, '..'), { recursive: true, force: true });
  });

  const found = async (from = shelf, of = store): Promise<readonly string[] | undefined> => {
    const kept = await from.find(of);
    if (kept === undefined) return undefined;
    expect(kept.mark).toEqual(MARK);
    return new StoreIndex([], kept.segments).page(selectionOf(), pageOf()).ids;
  };

  const onlyFile = async (): Promise<string> => {
    const names = await readdir(folder);
    expect(names).toHaveLength(1);
    return join(folder, names[0] ?? '');
  };

  it('has nothing until something is put there, and then that', async () => {
    expect(await shelf.find(store)).toBeUndefined();
    expect(await shelf.hasYoungerThan(60_000, store)).toBe(false);
    await shelf.put(store, keptOf('pad', 'disc'), never);
    expect(await found()).toHaveLength(2);
    await shelf.put(store, keptOf('pad', 'disc', 'belt'), never);
    expect(await found()).toHaveLength(3);
    expect(await shelf.hasYoungerThan(60_000, store)).toBe(true);
    expect(await shelf.hasYoungerThan(0, store)).toBe(false);
    await shelf.remove(store);
    await shelf.remove(store);
    expect(await shelf.find(store)).toBeUndefined();
  });

  it('lets nobody else read it', async () => {
    await shelf.put(store, keptOf('pad'), never);
    expect([
      (await stat(folder)).mode & 0o777,
      (await stat(await onlyFile())).mode & 0o777,
    ]).toEqual([0o700, 0o600]);
  });

  it('knows files of other stores, languages and installations for others', async () => {
    await shelf.put(store, keptOf('pad'), never);
    const others: ShelvedStore[] = [
      { ...store, code: 'other' },
      { ...store, id: newId() },
      { ...store, locales: ['en', 'de'] },
      { ...store, defaultLocale: 'de' },
    ];
    for (const other of others) expect(await found(shelf, other)).toBeUndefined();
    const id = newId();
    const restored = new IndexFolder(folder, async () => ({ ...installation, id }));
    expect(await found(restored)).toBeUndefined();
    await restored.put(store, keptOf('pad', 'disc'), never);
    expect([await found(), await found(restored)].map((ids) => ids?.length)).toEqual([1, 2]);
  });

  it('believes nothing that somebody else has written, or that is of another store by its name', async () => {
    await shelf.put(store, keptOf('pad'), never);
    const mine = await onlyFile();
    const key = randomBytes(32).toString('hex');
    const stranger = new IndexFolder(folder, async () => ({
      ...installation,
      announcementKey: key,
    }));
    await expect(found(stranger)).rejects.toThrow('seal');
    await rm(mine);
    await shelf.put({ ...store, code: 'other' }, keptOf('pad'), never);
    await rename(await onlyFile(), mine);
    await expect(found()).rejects.toThrow('something else');
  });

  it('refuses what is damaged in any place, cut off or longer', async () => {
    await shelf.put(store, keptOf('pad', 'disc'), never);
    const path = await onlyFile();
    const whole = await readFile(path);
    const refused = async (bytes: Uint8Array): Promise<void> => {
      await writeFile(path, bytes);
      await expect(found()).rejects.toThrow(UnusableFile);
    };
    for (let at = 0; at < whole.length; at += 61) {
      const copy = Buffer.from(whole);
      copy[at] = (copy[at] ?? 0) ^ 1;
      await refused(copy);
      await refused(whole.subarray(0, at));
    }
    await refused(Buffer.concat([whole, Buffer.alloc(8)]));
    await writeFile(path, whole);
    expect(await found()).toHaveLength(2);
  });

  it('keeps what was there when writing fails, and leaves nothing behind', async () => {
    await shelf.put(store, keptOf('pad'), never);
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(shelf.put(store, keptOf('pad', 'disc'), stopped)).rejects.toThrow('stopped');
    expect(await found()).toHaveLength(1);
    await onlyFile();
    const impossible = new IndexFolder(join(await onlyFile(), 'below'), async () => installation);
    await expect(impossible.put(store, keptOf('pad'), never)).rejects.toThrow('ENOTDIR');
  });

  it('is one whole file whoever writes to it at the same time', async () => {
    const sizes = [1, 2, 3, 4];
    await Promise.all(
      sizes.map((size) =>
        shelf.put(store, keptOf(...Array.from({ length: size }, () => 'pad')), never),
      ),
    );
    expect(sizes).toContain((await found())?.length);
    await onlyFile();
  });

  it('is cleared of what has become outdated, and of nothing else', async () => {
    await shelf.put({ ...store, id: newId() }, keptOf('pad'), never);
    const outdated = await onlyFile();
    const names = [`${outdated}.${newId()}.part`, join(folder, 'notes.index'), join(folder, 'a')];
    for (const name of names) await writeFile(name, 'x');
    await shelf.put(store, keptOf('pad'), never);
    expect(await readdir(folder)).toHaveLength(5);
    for (const name of [outdated, ...names]) {
      await utimes(name, new Date(Date.now() - DAYS_2), new Date(Date.now() - DAYS_2));
    }
    await shelf.put(store, keptOf('pad'), never);
    const left = (await readdir(folder)).sort();
    expect(left).toHaveLength(3);
    expect(left.filter((name) => !name.startsWith('main-'))).toEqual(['a', 'notes.index']);
  });
});
