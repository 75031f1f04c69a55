import { applyDecorators } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { z } from 'zod';
import { WholeAnswer } from './whole-answer.decorator.js';

/** What of a schema is used here: https://standardschema.dev */
export type StandardSchema = Pick<z.ZodType, '~standard'>;

/** How long the answers of a route are used. Seconds. */
export interface CachedOutputOptions {
  /** How long a replica serves an answer that no change voids. Default: 300. */
  readonly freshSeconds?: number;
  /** How long a replica serves an expired answer while it is built anew. Default: 30. */
  readonly staleWhileRevalidateSeconds?: number;
  /** How long an expired answer may be served because it cannot be built anew. Default: 600. */
  readonly staleIfErrorSeconds?: number;
}

/** What the decorator leaves in the configuration of the Fastify route. */
export interface CachedOutputRoute {
  readonly options: Required<CachedOutputOptions>;
  readonly querySchema: StandardSchema | undefined;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answers of this route are stored. */
    lockstepOutput?: CachedOutputRoute;
  }
}

const DEFAULTS: Required<CachedOutputOptions> = {
  freshSeconds: 300,
  staleWhileRevalidateSeconds: 30,
  staleIfErrorSeconds: 600,
};

interface ParameterMetadata {
  readonly data?: unknown;
  readonly schema?: StandardSchema;
}

/**
 * Stores the finished answers of a GET route: what was built once is sent again, without running the
 * handler, until something that was read for it changes. Only for answers that are the same for
 * every client: the handler may be given nothing but `@Param()` and a `@Query({ schema })`, which are
 * what its answers are told apart by. Throws when it is given more. All parts of an answer are of one
 * state of the database: the handler is run again when a change came between them.
 *
 * Requests with credentials or cookies are answered by the handler, and so is what is not a 200.
 */
export function CachedOutput(options: CachedOutputOptions = {}): MethodDecorator {
  return (target, name, descriptor) => {
    const querySchema = querySchemaOf(target, name);
    const lockstepOutput: CachedOutputRoute = { options: { ...DEFAULTS, ...options }, querySchema };
    applyDecorators(RouteConfig({ lockstepOutput }), WholeAnswer())(target, name, descriptor);
  };
}

function querySchemaOf(target: object, name: string | symbol): StandardSchema | undefined {
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, target.constructor, name) ??
    {}) as Readonly<Record<string, ParameterMetadata>>;
  let querySchema: StandardSchema | undefined;
  for (const [place, { data, schema }] of Object.entries(parameters)) {
    const kind = place.split(':')[0];
    if (kind === String(RouteParamtypes.PARAM)) continue;
    if (kind !== String(RouteParamtypes.QUERY) || data !== undefined || schema === undefined) {
      throw new TypeError(
        `${target.constructor.name}.${String(name)}: an answer is stored by its path and one @Query({ schema }) only`,
      );
    }
    querySchema = schema;
  }
  return querySchema;
}
