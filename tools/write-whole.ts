import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from './usage-error.js';

/** Writes a file that a person asked for: one who looks at it meanwhile sees the old one or the new one. Throws `UsageError`. */
export function writeWhole(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const half = join(dirname(path), `.${process.pid}.half`);
    writeFileSync(half, text);
    renameSync(half, path);
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}
