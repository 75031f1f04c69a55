import { createHash, createHmac } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { endianness } from 'node:os';
import { join } from 'node:path';
import type { Installation } from '#libs/database';
import { INDEX_CODE } from '../../model/file/index-code.js';
import { bytesOfFile, readIndexFile, type KeptIndex } from '../../model/file/index-file.js';
import { putTogether, takeApart, type SegmentParts } from '../../model/file/segment-parts.js';
import { runStepwise } from '../following/run-stepwise.js';
import type { IndexShelf, ShelvedStore } from './index-shelf.js';
import { SealedFile, TEMPORARY, writeSealed } from './sealed-file.js';

const HOUR_MS = 3_600_000;
/** What was not written for so long is of another release, installation or store, or too old for the log. */
const OUTDATED_AFTER_MS = 24 * HOUR_MS;
const KEY_USE = 'search index file';
const OWNER_ONLY = 0o700;
const NAME = /^[a-z0-9-]+-[0-9a-f]{16}\.index(?:\.[0-9a-f-]{36}\.part)?$/;

interface Place {
  readonly identity: string;
  readonly path: string;
  /** Known to replicas of the installation alone. */
  readonly key: Uint8Array;
}

/**
 * A folder with one file for each store, or, where releases or installations share it, for each of them. Files are sealed
 * with a key of the installation, so what is read was written by one of its replicas, and is whole.
 */
export class IndexFolder implements IndexShelf {
  constructor(
    private readonly folder: string,
    private readonly installation: () => Promise<Installation>,
  ) {}

  async find(store: ShelvedStore): Promise<KeptIndex | undefined> {
    const { identity, path, key } = await this.placeOf(store);
    const file = await SealedFile.open(path, key);
    if (file === undefined) return undefined;
    try {
      const { head, buffers } = await readIndexFile(file, identity);
      await file.finish();
      const segments = [];
      for (const [index, own] of head.segments.entries()) {
        segments.push(await runStepwise(putTogether(own, buffers[index] ?? new ArrayBuffer())));
      }
      return { mark: head.mark, segments };
    } finally {
      await file.close();
    }
  }

  async hasYoungerThan(ms: number, store: ShelvedStore): Promise<boolean> {
    const { path } = await this.placeOf(store);
    return (await ageMs(path)) < ms;
  }

  async put(store: ShelvedStore, kept: KeptIndex, signal: AbortSignal): Promise<void> {
    const { identity, path, key } = await this.placeOf(store);
    await mkdir(this.folder, { recursive: true, mode: OWNER_ONLY });
    await this.removeOutdated();
    const segments: SegmentParts[] = [];
    for (const segment of kept.segments) segments.push(await runStepwise(takeApart(segment)));
    await writeSealed(path, key, bytesOfFile(identity, kept.mark, segments), signal);
  }

  async remove(store: ShelvedStore): Promise<void> {
    const { path } = await this.placeOf(store);
    await rm(path, { force: true });
  }

  private async placeOf({ code, id, locales, defaultLocale }: ShelvedStore): Promise<Place> {
    const installation = await this.installation();
    const identity = JSON.stringify([
      INDEX_CODE,
      process.versions.unicode,
      endianness(),
      installation.id,
      code,
      id,
      defaultLocale,
      locales,
    ]);
    const digest = createHash('sha256').update(identity).digest('hex').slice(0, 16);
    const announcementKey = Buffer.from(installation.announcementKey, 'hex');
    return {
      identity,
      path: join(this.folder, `${code.replace(/[^a-z0-9-]/g, '')}-${digest}.index`),
      key: createHmac('sha256', announcementKey).update(KEY_USE).digest(),
    };
  }

  /** So the folder does not grow: of nothing that this process has not written is more known than its age. */
  private async removeOutdated(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      if (!NAME.test(name)) continue;
      const path = join(this.folder, name);
      const limitMs = name.endsWith(TEMPORARY) ? HOUR_MS : OUTDATED_AFTER_MS;
      const age = await ageMs(path);
      if (Number.isFinite(age) && age > limitMs) await rm(path, { force: true });
    }
  }
}

/** Since it was written; `Infinity` when it is not there. */
async function ageMs(path: string): Promise<number> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Infinity;
    throw error;
  }
}
