import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Answers what `handle` answers, which it calls once. */
export type AroundHandler = <T>(request: FastifyRequest, handle: () => T) => T;

/** Has the handler of every route called inside `around`. Must be called before the routes are registered. */
export function aroundHandlers(instance: FastifyInstance, around: AroundHandler): void {
  instance.addHook('onRoute', (route) => {
    const { handler } = route;
    route.handler = function handleAround(request, reply) {
      return around(request, () => handler.call(this, request, reply));
    };
  });
}
