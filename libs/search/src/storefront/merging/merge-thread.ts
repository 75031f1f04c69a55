// The entry of a worker thread, which does nothing but merge: it may do so at once.
import { parentPort } from 'node:worker_threads';
import { packSegment } from '../../model/file/packed-segment.js';
import { putTogether } from '../../model/file/segment-parts.js';
import { atOnce } from '../../model/index/in-steps.js';
import { mergeSegments } from '../../model/index/merge-segments.js';
import { languageOf } from '../../model/text/language.js';
import type { MergeReply, MergeRequest } from './merge-protocol.js';

function answer({ id, sources, languages }: MergeRequest): MergeReply {
  try {
    const frozen = sources.map(({ head, buffer }) => atOnce(putTogether(head, buffer)));
    const known = languages.flatMap((code) => languageOf(code) ?? []);
    const segment = atOnce(mergeSegments(frozen, known));
    const alive = new Uint8Array(segment.ids.length).fill(1);
    return { id, merged: atOnce(packSegment({ segment, alive })) };
  } catch (error) {
    return { id, message: error instanceof Error ? error.message : 'unknown' };
  }
}

parentPort?.on('message', (request: MergeRequest) => {
  const reply = answer(request);
  parentPort?.postMessage(reply, 'merged' in reply ? [reply.merged.buffer] : []);
});
