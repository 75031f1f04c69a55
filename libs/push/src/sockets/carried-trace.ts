import { currentTrace } from '#libs/kernel';
import type { Tracing } from '#libs/observability';

/** No topic and no audience begins like this, and no socket is in such a room. */
const PREFIX = 'trace:';

/**
 * The trace of a push travels between replicas as one more room of the message: no socket is in it, so that replicas of
 * a release that does not know it pass over it, and it is sealed as the message is.
 *
 * The room of the trace under way; undefined where none is recorded.
 */
export function traceRoom(): string | undefined {
  const trace = currentTrace();
  return trace?.isRecorded === true ? `${PREFIX}${trace.traceparent}` : undefined;
}

/** Called when a client was told, however often. */
export type NoteDelivery = () => void;

/**
 * What notes, once, that this replica delivers a message which arrived now, as a step of the trace that its rooms carry;
 * undefined where there is nothing to be noted. A carried text that is no traceparent is ignored.
 */
export function deliveryNote(
  tracing: Pick<Tracing, 'isOn' | 'notePast'>,
  rooms: ReadonlySet<string>,
): NoteDelivery | undefined {
  if (!tracing.isOn) return undefined;
  for (const room of rooms) {
    if (room.startsWith(PREFIX)) return noteOnce(tracing, room.slice(PREFIX.length));
  }
  return undefined;
}

function noteOnce(tracing: Pick<Tracing, 'notePast'>, continues: string): NoteDelivery {
  const startedAt = Date.now();
  let isNoted = false;
  return () => {
    if (isNoted) return;
    isNoted = true;
    const step = { name: 'push delivery', kind: 'consumer', continues } as const;
    tracing.notePast(() => ({ ...step, startedAt, endedAt: Date.now() }));
  };
}
