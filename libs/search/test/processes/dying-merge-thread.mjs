// A thread that dies in the middle of a merge.
import { parentPort } from 'node:worker_threads';

parentPort.on('message', () => process.exit(3));
