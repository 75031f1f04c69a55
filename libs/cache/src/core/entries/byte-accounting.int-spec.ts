import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const script = join(import.meta.dirname, '../../../test/processes/heap-of-entries.mjs');

/** The estimate decides what is evicted, so it must neither let the memory grow nor waste it. */
const LOWEST = 0.8;
const HIGHEST = 1.25;

describe('the estimated bytes of entries', () => {
  it.each(['small', 'absent', 'numbers', 'view', 'text', 'wide', 'bytes', 'tagged'])(
    'are what the heap grows by: %s',
    async (shape) => {
      const { stdout } = await run(process.execPath, ['--expose-gc', script, shape]);
      const { heap, estimated } = JSON.parse(stdout) as { heap: number; estimated: number };
      const ratio = estimated / heap;
      expect({ shape, heap, estimated, isRight: ratio >= LOWEST && ratio <= HIGHEST }).toEqual(
        expect.objectContaining({ isRight: true }),
      );
    },
    60_000,
  );
});
