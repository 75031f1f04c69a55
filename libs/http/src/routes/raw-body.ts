import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body of this route is kept as it came. */
    lockstepRawBody?: boolean;
  }
  interface FastifyRequest {
    lockstepRawBody: string | null;
  }
}

/** For a route whose body is signed: {@link RawBody} has it byte for byte, beside what is read of it. */
export function KeepsRawBody(): MethodDecorator {
  return RouteConfig({ lockstepRawBody: true });
}

/** Parameter: the body as it came, empty when there is none. The route is marked {@link KeepsRawBody}. */
export const RawBody = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string =>
    context.switchToHttp().getRequest<FastifyRequest>().lockstepRawBody ?? '',
);
