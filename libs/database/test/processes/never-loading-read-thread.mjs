// The first read thread of a file is a real one; those after it never load, and end when the file of their mark is gone.
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';

const first = `${workerData.file}.first`;
if (existsSync(first)) {
  writeFileSync(`${workerData.file}.loading`, '');
  while (existsSync(first)) await setTimeout(100);
} else {
  writeFileSync(first, '');
  await import('../../src/reads/read-thread.ts');
}
