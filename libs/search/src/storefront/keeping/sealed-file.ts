import { createHmac, timingSafeEqual, type Hmac } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { newId } from '#libs/kernel';
import type { ByteSource } from '../../model/file/index-file.js';
import { UnusableFile } from '../../model/file/unusable-file.js';

const ALGORITHM = 'sha256';
const SEAL_BYTES = 32;
/** Read, written and sealed at once: about a millisecond, then requests have their turn. */
const STEP_BYTES = 1024 ** 2;
const MAX_BYTES = 4 * 1024 ** 3;
const OWNER_ONLY = 0o600;
export const TEMPORARY = '.part';

/**
 * Writes a file with a seal behind it, under its name only when all of it is on the disk; what had the name before is
 * whole until then. Throws what the file system throws, and the reason of the signal; nothing is left behind.
 */
export async function writeSealed(
  path: string,
  key: Uint8Array,
  parts: Iterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const temporary = `${path}.${newId()}${TEMPORARY}`;
  try {
    const file = await open(temporary, 'wx', OWNER_ONLY);
    try {
      const hmac = createHmac(ALGORITHM, key);
      for (const part of parts) {
        for (let at = 0; at < part.length; at += STEP_BYTES) {
          signal.throwIfAborted();
          const step = part.subarray(at, at + STEP_BYTES);
          hmac.update(step);
          await file.writeFile(step);
          await setImmediate();
        }
      }
      await file.writeFile(hmac.digest());
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // What is wrong is told by the first error.
    throw error;
  }
}

/** The name is on the disk too; where folders cannot be synchronised, it comes there a little later. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // Losing the name loses the file, which is made again.
  }
}

/** Reads a sealed file from its beginning; what it says is to be believed after {@link finish}. */
export class SealedFile implements ByteSource {
  private readonly hmac: Hmac;
  private at = 0;

  private constructor(
    private readonly file: FileHandle,
    key: Uint8Array,
    /** Without the seal. */
    readonly size: number,
  ) {
    this.hmac = createHmac(ALGORITHM, key);
  }

  /** Undefined when there is none. Throws {@link UnusableFile}, and what the file system throws. */
  static async open(path: string, key: Uint8Array): Promise<SealedFile | undefined> {
    const file = await open(path, 'r').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    });
    if (file === undefined) return undefined;
    try {
      const { size } = await file.stat();
      if (size < SEAL_BYTES || size > MAX_BYTES) throw new UnusableFile('its size is wrong');
      return new SealedFile(file, key, size - SEAL_BYTES);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async take(bytes: number): Promise<ArrayBuffer> {
    // Before room is made for it.
    if (bytes > this.size - this.at) throw new UnusableFile('it is cut off');
    const buffer = new ArrayBuffer(bytes);
    await this.readInto(new Uint8Array(buffer), true);
    return buffer;
  }

  /** Throws {@link UnusableFile} unless the whole file is as it was sealed, with this key. */
  async finish(): Promise<void> {
    if (this.at !== this.size) throw new UnusableFile('its length is wrong');
    const seal = new Uint8Array(SEAL_BYTES);
    await this.readInto(seal, false);
    if (!timingSafeEqual(seal, this.hmac.digest())) throw new UnusableFile('its seal is broken');
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async readInto(target: Uint8Array, isSealed: boolean): Promise<void> {
    for (let filled = 0; filled < target.length;) {
      const step = target.subarray(filled, filled + STEP_BYTES);
      const { bytesRead } = await this.file.read(step, 0, step.length, this.at);
      if (bytesRead === 0) throw new UnusableFile('it is cut off');
      if (isSealed) this.hmac.update(step.subarray(0, bytesRead));
      filled += bytesRead;
      this.at += bytesRead;
    }
  }
}
