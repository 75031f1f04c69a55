import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { currentObserver, observeReads, ReadObserver } from '#libs/cache';
import { aroundHandlers } from '../routes/around-handlers.js';
import { CACHE_STATUS_HEADER, cacheStatus } from './cache-status.js';
import { clientGone } from '../server/client-presence.js';
import { buildOf } from '../output/output-builds.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the handler of this request reads through the cache. */
    lockstepReads: ReadObserver | null;
  }
}

/** Observes what the handler of a GET reads through the cache, and tells it in `Cache-Status` (RFC 9211). */
@Injectable()
export class CacheStatusHooks {
  /** Must be called before the routes are registered. */
  install(instance: FastifyInstance): void {
    instance.decorateRequest('lockstepReads', null);
    aroundHandlers(instance, (request, handle) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') return handle();
      const observing = observerOfBuild(request);
      request.lockstepReads = observing ?? observerFor(request);
      return observing === undefined ? observeReads(request.lockstepReads, handle) : handle();
    });
    instance.addHook('onSend', (request, reply, payload, done) => {
      const observer = request.lockstepReads;
      // The output cache tells what it did by itself.
      if (request.lockstepOutput === null && observer !== null && hasRead(observer)) {
        const outcome = observer.misses === 0 ? 'hit' : 'fwd=miss';
        void reply.header(CACHE_STATUS_HEADER, cacheStatus({ outcome, isStale: observer.isStale }));
      }
      done(null, payload);
    });
  }
}

/** What is read for an answer that is stored is noted for what stores it. */
function observerOfBuild(request: FastifyRequest): ReadObserver | undefined {
  return buildOf(request) === undefined ? undefined : currentObserver();
}

/** Nothing is loaded for a client that is gone. */
function observerFor(request: FastifyRequest): ReadObserver {
  const observer = new ReadObserver();
  observer.audience = () => clientGone(request);
  return observer;
}

function hasRead({ hits, misses }: ReadObserver): boolean {
  return hits + misses > 0;
}
