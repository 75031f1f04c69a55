import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { beginObservation, ReadObserver, type Observation } from '#libs/cache';

interface ObservedRequest {
  readonly observer: ReadObserver;
  readonly observation: Observation;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What the handler of this request reads through the cache. */
    lockstepReads: ObservedRequest | null;
  }
}

const CACHE_STATUS_HEADER = 'cache-status';
const CACHE_NAME = 'lockstep';

/** `Cache-Status` (RFC 9211) of a GET: answered from memory, loaded, or served while it could not be confirmed. */
@Injectable()
export class CacheStatusHooks {
  /** Must be called before the routes are registered. */
  install(instance: FastifyInstance): void {
    instance.decorateRequest('lockstepReads', null);
    // The callback form: the handler runs inside the observation because it runs inside `done`.
    instance.addHook('preHandler', (request, _reply, done) => {
      if (request.method !== 'GET') {
        done();
        return;
      }
      const observer = new ReadObserver();
      const observation = beginObservation(observer);
      request.lockstepReads = { observer, observation };
      observation.run(done);
    });
    instance.addHook('onSend', async (request, reply) => {
      const observer = request.lockstepReads?.observer;
      if (observer === undefined || observer.hits + observer.misses === 0) return;
      void reply.header(CACHE_STATUS_HEADER, statusOf(observer));
    });
    instance.addHook('onResponse', async (request) => {
      request.lockstepReads?.observation.end();
    });
  }
}

function statusOf({ misses, isStale }: ReadObserver): string {
  const outcome = misses === 0 ? 'hit' : 'fwd=miss';
  return `${CACHE_NAME}; ${outcome}${isStale ? '; stale' : ''}`;
}
