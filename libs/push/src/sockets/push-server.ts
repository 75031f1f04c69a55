import { Injectable } from '@nestjs/common';
import type { Server, Socket } from 'socket.io';
import { Metrics, type RegisteredMetrics } from '#libs/observability';
import type { PushEventBody, PushEventName, PushEvents, PushRequests } from './push-events.js';
import { pushMetrics } from '../push.metrics.js';
import { traceRoom } from './carried-trace.js';

/** Between replicas only: no client is sent it. */
interface ReplicaEvents {
  touched: () => void;
}

export type PushIo = Server<PushRequests, PushEvents & ReplicaEvents>;
export type PushSocket = Socket<PushRequests, PushEvents>;

/** The room that no socket is in, by which replicas know what is for them. */
export const TOUCHED = 'touched';

/**
 * Sends events to rooms. Never throws, never waits: whoever is connected to this replica gets the
 * event whatever Redis does; whoever is connected to another one gets it when Redis carries it.
 */
@Injectable()
export class PushServer {
  private io: PushIo | undefined;
  private readonly metrics: RegisteredMetrics<typeof pushMetrics>;

  constructor(metrics: Metrics) {
    this.metrics = metrics.register(pushMetrics);
  }

  attach(io: PushIo): void {
    this.io = io;
  }

  /** To everybody in one of the rooms, once, on every replica. */
  emit<Name extends PushEventName>(
    rooms: readonly string[],
    event: Name,
    body: PushEventBody<Name>,
  ): void {
    this.metrics.emits.inc({ event });
    this.io?.to(withTrace(rooms, traceRoom())).emit(event, ...argumentsOf<Name>(body));
  }

  /**
   * Tells every replica, this one included, that what these topics name may have changed, as a step of the trace whose
   * room is given (`traceRoom`).
   */
  touch(topics: readonly string[], trace?: string): void {
    // Never one room alone: the adapters pass over what is for a room that none of their sockets is in.
    this.io?.to(withTrace([TOUCHED, ...topics], trace)).emit('touched');
  }

  /** To everybody who is connected to this replica. */
  emitHere<Name extends PushEventName>(event: Name, body: PushEventBody<Name>): void {
    this.metrics.emits.inc({ event });
    this.io?.local.emit(event, ...argumentsOf<Name>(body));
  }
}

function withTrace(rooms: readonly string[], trace: string | undefined): string[] {
  return trace === undefined ? [...rooms] : [...rooms, trace];
}

/** TypeScript cannot see through a generic event name that an event has exactly one argument. */
function argumentsOf<Name extends PushEventName>(
  body: PushEventBody<Name>,
): Parameters<PushEvents[Name]> {
  return [body] as Parameters<PushEvents[Name]>;
}
