import type { FastifyInstance } from 'fastify';
import { currentContext } from '#libs/kernel';

/**
 * Has `work` done when the client of the request that is being handled has been answered with success: once, although a handler that
 * is `@CachedOutput` may be run several times for one answer (the last one counts), and not for a request that a replica makes
 * to itself. It must not throw.
 */
export function afterAnswer(work: () => void): void {
  const context = currentContext();
  if (context !== undefined) context.afterAnswer = work;
}

/** Must be called before the routes are registered. */
export function installAfterAnswer(instance: FastifyInstance): void {
  instance.addHook('onResponse', (request, { statusCode }, done) => {
    const isOfClient = request.lockstepOutput?.rebuild === undefined;
    if (isOfClient && statusCode < 400) request.lockstepContext?.afterAnswer?.();
    done();
  });
}
