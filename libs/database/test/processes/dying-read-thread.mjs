// A read thread that ends at its first batch; the next one of the same file is a real one.
import { existsSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const mark = `${workerData.file}.has-died`;
if (existsSync(mark)) await import('../../src/reads/read-thread.ts');
else {
  parentPort.on('message', () => {
    writeFileSync(mark, '');
    process.exit(3);
  });
}
