import type { FastifyInstance } from 'fastify';
import { httpErrors } from '../errors/http.errors.js';
import { pathOf } from '../errors/problem.filter.js';
import type { RouteTable } from '../routes/route-table.js';

/**
 * Answers OPTIONS with the methods a path has (RFC 9110 9.3.7): 204 and `Allow`, or `http.route-not-found`.
 * A preflight of CORS is answered by what CORS has put on the reply before.
 */
export function answerOptions(instance: FastifyInstance, routes: RouteTable): void {
  instance.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'OPTIONS') {
      done();
      return;
    }
    const allowed = routes.methodsOf(pathOf(request));
    if (allowed.length === 0) done(httpErrors.routeNotFound());
    else void reply.status(204).header('allow', allowed.join(', ')).send();
  });
}
