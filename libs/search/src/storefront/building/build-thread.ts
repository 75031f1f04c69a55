// The entry of a worker thread: it imports what makes an index, and nothing that reads or connects.
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { unflattened } from '../../model/index/flat-products.js';
import type { BuildRequest, BuildThreadData } from './build-protocol.js';
import { TellingBuilder } from './telling-builder.js';

const builder = new TellingBuilder(
  parentPort as MessagePort,
  (workerData as BuildThreadData).languages,
);

parentPort?.on('message', (request: BuildRequest) => {
  if (request === 'finish') return builder.finish();
  builder.add(unflattened(request));
  builder.tellBytes();
});
