import type { FastifyInstance } from 'fastify';
import type { ReplicaLoad } from '#libs/observability';
import type { OutputFront } from '../output/output-front.js';

/**
 * Tells the load of the replica what is answered: what the router sees with its duration, and what is sent ahead
 * of it, in microseconds that nobody measures, as the number that is counted anyway.
 */
export function measureLoad(
  instance: FastifyInstance,
  load: ReplicaLoad,
  front: OutputFront,
): void {
  instance.addHook('onResponse', (_request, reply, done) => {
    load.noteRequest(reply.elapsedTime);
    done();
  });
  load.addRequests(() => front.sentAhead);
}
