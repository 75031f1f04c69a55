import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { beginObservation, currentObserver, ReadObserver, type Observation } from '#libs/cache';
import { CACHE_STATUS_HEADER, cacheStatus } from './cache-status.js';
import { buildOf } from './output/output-state.js';

interface ObservedRequest {
  readonly observer: ReadObserver;
  /** undefined: somebody else began it and ends it. */
  readonly observation?: Observation;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What the handler of this request reads through the cache. */
    lockstepReads: ObservedRequest | null;
  }
}

/** Observes what the handler of a GET reads through the cache, and tells it in `Cache-Status` (RFC 9211). */
@Injectable()
export class CacheStatusHooks {
  /** Must be called before the routes are registered. */
  install(instance: FastifyInstance): void {
    instance.decorateRequest('lockstepReads', null);
    // The callback form: the handler runs inside the observation because it runs inside `done`.
    instance.addHook('preHandler', (request, _reply, done) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        done();
        return;
      }
      const observing = observerOfBuild(request);
      if (observing !== undefined) {
        request.lockstepReads = { observer: observing };
        done();
        return;
      }
      const observer = new ReadObserver();
      const observation = beginObservation(observer);
      request.lockstepReads = { observer, observation };
      observation.run(done);
    });
    instance.addHook('onSend', (request, reply, payload, done) => {
      const observer = request.lockstepReads?.observer;
      // The output cache tells what it did by itself.
      if (request.lockstepOutput === null && observer !== undefined && hasRead(observer)) {
        const outcome = observer.misses === 0 ? 'hit' : 'fwd=miss';
        void reply.header(CACHE_STATUS_HEADER, cacheStatus({ outcome, isStale: observer.isStale }));
      }
      done(null, payload);
    });
    instance.addHook('onResponse', (request, _reply, done) => {
      request.lockstepReads?.observation?.end();
      done();
    });
  }
}

/** What is read for an answer that is stored is noted for what stores it. */
function observerOfBuild(request: FastifyRequest): ReadObserver | undefined {
  return buildOf(request) === undefined ? undefined : currentObserver();
}

function hasRead({ hits, misses }: ReadObserver): boolean {
  return hits + misses > 0;
}
