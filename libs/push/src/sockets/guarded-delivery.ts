import type { Namespace } from 'socket.io';
import type { Tracing } from '#libs/observability';
import { deliveryNote } from './carried-trace.js';

export type PushAdapter = Namespace['adapter'];

/** Asked before a socket is sent what is for some rooms; calls `send` when the socket may have it. */
export type DeliveryGuard = (
  socketId: string,
  rooms: ReadonlySet<string>,
  send: () => void,
) => void;

interface Addressed {
  readonly id: string;
}

/** What every broadcast of an adapter goes through, its own and those of other replicas alike. */
interface Delivering {
  apply(
    options: { readonly rooms: ReadonlySet<string> },
    deliver: (socket: Addressed) => void,
  ): void;
}

/**
 * Puts a guard before every delivery of an event to the sockets of a room. Which rooms a socket is in
 * says what it was allowed a moment ago; the guard says what it is allowed now. What is for all sockets
 * alike passes.
 */
export function withGuardedDelivery(
  adapter: PushAdapter,
  guard: DeliveryGuard,
  tracing: Tracing,
): PushAdapter {
  // Declared private, and the one place where it is decided which sockets get a packet.
  const delivering = adapter as unknown as Delivering;
  const apply = delivering.apply.bind(adapter);
  delivering.apply = (options, deliver) => {
    const noteDelivery = deliveryNote(tracing, options.rooms);
    const send = (socket: Addressed): void => {
      deliver(socket);
      noteDelivery?.();
    };
    apply(options, (socket) => {
      if (options.rooms.size === 0) send(socket);
      else guard(socket.id, options.rooms, () => send(socket));
    });
  };
  return adapter;
}
