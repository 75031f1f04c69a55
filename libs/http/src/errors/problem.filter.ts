import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DefectError, OperationalError, type LockstepError } from '#libs/kernel';
import { Logger } from '#libs/observability';
import { httpErrors } from './http.errors.js';
import { normalizeError } from './normalize-error.js';
import { problemHeaders, problemOf } from './problem.js';
import { RouteTable } from '../routes/route-table.js';

/** Headers that describe a body; on a problem they would speak of one that is not there. */
const OF_A_BODY = [
  'etag',
  'last-modified',
  'content-length',
  'content-encoding',
  'content-disposition',
  'content-language',
  'content-range',
];

/** Answers every error of every route as problem+json and logs it by its family. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly routes: RouteTable,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const isHttp = host.getType() === 'http';
    if (!isHttp) {
      this.log(normalizeError(thrown), {});
      return;
    }
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const path = pathOf(request);
    const error = request.is404
      ? this.unmatched(request.method, path, reply)
      : normalizeError(thrown);
    // Named here: no context has been entered when a request fails before its handler is called.
    this.log(error, { requestId: request.id, method: request.method, path });
    if (reply.sent || reply.raw.headersSent) {
      // Half of an answer is out: cutting it off is the only way left to say that it is not whole.
      reply.raw.destroy();
      return;
    }
    const problem = problemOf(error, path, request.id);
    // What a handler has set for its own answer must not dress an error.
    for (const name of OF_A_BODY) reply.removeHeader(name);
    void reply.status(problem.status).headers(problemHeaders(error)).send(JSON.stringify(problem));
  }

  private unmatched(method: string, path: string, reply: FastifyReply): LockstepError {
    const allowed = this.routes.methodsOf(path);
    if (allowed.length === 0 || allowed.includes(method)) return httpErrors.routeNotFound();
    void reply.header('allow', allowed.join(', '));
    return httpErrors.methodNotAllowed({ details: { allowed } });
  }

  private log(
    error: LockstepError,
    request: { readonly requestId?: string; readonly method?: string; readonly path?: string },
  ): void {
    const fields = { ...request, code: error.code, status: error.status };
    if (error instanceof DefectError) {
      // An unknown error is wrapped by us: what matters is where it came from.
      this.logger.error({ ...fields, err: error.cause ?? error }, 'request failed by a defect');
    } else if (error instanceof OperationalError) {
      this.logger.warn({ ...fields, err: error }, 'request failed, a retry may succeed');
    } else {
      this.logger.info({ ...fields, reason: error.message }, 'request refused');
    }
  }
}

/** Without the query, which may carry personal data. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}
