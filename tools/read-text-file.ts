import { readFileSync } from 'node:fs';
import { UsageError } from './usage-error.js';

/** Reads a file that a person has named. Throws `UsageError`. */
export function readTextFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { message } = cause as Error;
    throw new UsageError(message, { cause });
  }
}
