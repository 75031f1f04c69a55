// A thread that takes far more memory than it may have, and ends well if it gets that.
import { parentPort } from 'node:worker_threads';

const TAKEN = 30;

parentPort.on('message', () => {
  const hoarded = [];
  for (let taken = 0; taken < TAKEN; taken += 1) {
    hoarded.push(Array.from({ length: 100_000 }, () => ({})));
  }
  process.exit(hoarded.length === TAKEN ? 0 : 1);
});
