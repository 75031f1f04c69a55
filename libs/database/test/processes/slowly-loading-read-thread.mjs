// A read thread that takes half a second to load, or as long as it is told; the next one of the same file is a real one.
import { existsSync, writeFileSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const ms = globalThis.loadsForMs ?? 500;
const mark = `${workerData.file}.loading`;
if (!existsSync(mark)) {
  writeFileSync(mark, '');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  writeFileSync(`${workerData.file}.loaded`, '');
}
await import('../../src/reads/read-thread.ts');
