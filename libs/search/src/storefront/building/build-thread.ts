// The entry of a worker thread: it imports what makes an index, and nothing that reads or connects.
import { parentPort, workerData } from 'node:worker_threads';
import { packSegment } from '../../model/file/packed-segment.js';
import { unflattened } from '../../model/index/flat-products.js';
import { IndexBuilder } from '../../model/index/index-builder.js';
import type { Stepwise } from '../../model/index/store-index.js';
import { languageOf } from '../../model/text/language.js';
import type { BuildReply, BuildRequest, BuildThreadData } from './build-protocol.js';

const TELL_EVERY_MS = 1_000;

const { languages } = workerData as BuildThreadData;
const builder = new IndexBuilder(languages.flatMap((code) => languageOf(code) ?? []));
let toldAtMs = performance.now();

function reply(message: BuildReply, transferred: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transferred);
  toldAtMs = performance.now();
}

function done<Result>(work: Stepwise<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() - toldAtMs >= TELL_EVERY_MS) reply('working');
  }
}

parentPort?.on('message', (request: BuildRequest) => {
  if (request === 'finish') {
    const segments = done(builder.finish()).map((segment) => done(packSegment(segment)));
    reply(
      segments,
      segments.map(({ buffer }) => buffer),
    );
  } else {
    done(builder.add(unflattened(request)));
    reply(builder.bytes);
  }
});
