import type { Tracing } from '#libs/observability';
import { deliveryNote, type NoteDelivery } from '../sockets/carried-trace.js';
import type { PushAdapter } from '../sockets/guarded-delivery.js';
import { TOUCHED } from '../sockets/push-server.js';

interface Delivering {
  apply(options: { readonly rooms: ReadonlySet<string> }, deliver: unknown): void;
}

/**
 * Takes from what the replicas send one another only which topics were touched. No packet of theirs is
 * handed to a socket: what a client is told is what this replica has looked at itself.
 */
export function withTouches(
  adapter: PushAdapter,
  touch: (topic: string, noteDelivery?: NoteDelivery) => void,
  tracing: Tracing,
): PushAdapter {
  // Declared private, and what every broadcast goes through, own ones and those of other replicas.
  const delivering = adapter as unknown as Delivering;
  delivering.apply = ({ rooms }) => {
    if (!rooms.has(TOUCHED)) return;
    const noteDelivery = deliveryNote(tracing, rooms);
    for (const topic of rooms) touch(topic, noteDelivery);
  };
  return adapter;
}
