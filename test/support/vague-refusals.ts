import { ModulesContainer } from '@nestjs/core';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { z } from 'zod';
import {
  createValidationPipe,
  type ValidationProblem,
} from '../../libs/http/src/routes/validation.pipe.js';
import { wrongInputs } from './wrong-inputs.js';

/** Says that something is wrong, and not what would be right. */
const VAGUE = /^(Invalid( input| value)?|Invalid (key|element|value) in \w+)?$|must match pattern/;

export interface Refusals {
  /** How many schemas of parameters and bodies the routes of the replica have that refuse something. */
  readonly schemas: number;
  /** Each with its route, the field and the message. */
  readonly vague: readonly string[];
}

/** Sends wrong inputs to every schema of a replica, and finds the refusals of which nobody learns what is expected. */
export async function refusalsOf(app: NestFastifyApplication): Promise<Refusals> {
  const pipe = createValidationPipe();
  const vague = new Set<string>();
  const refusing = new Set<z.ZodType>();
  for (const [schema, route] of schemasOf(app)) {
    for (const input of wrongInputs(schema)) {
      const metadata = { type: 'body', schema } as Parameters<typeof pipe.transform>[1];
      const problems = await pipe.transform(input, metadata).then(() => [], problemsOf);
      for (const { path, message } of problems) {
        refusing.add(schema);
        if (VAGUE.test(message)) vague.add(`${route}: ${path}: ${message}`);
      }
    }
  }
  return { schemas: refusing.size, vague: [...vague] };
}

function problemsOf(refusal: { details?: { errors?: readonly ValidationProblem[] } }) {
  const errors = refusal.details?.errors;
  // Whatever else is thrown is a defect of the schema.
  if (errors === undefined) throw new Error('no refusal', { cause: refusal });
  return errors;
}

/** Each with one of the routes that has it. */
function schemasOf(app: NestFastifyApplication): ReadonlyMap<z.ZodType, string> {
  const schemas = new Map<z.ZodType, string>();
  for (const { controllers } of app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      if (typeof metatype !== 'function') continue;
      for (const method of Object.getOwnPropertyNames(metatype.prototype)) {
        const given = Reflect.getMetadata(ROUTE_ARGS_METADATA, metatype, method) as
          Readonly<Record<string, { readonly schema?: z.ZodType }>> | undefined;
        for (const { schema } of Object.values(given ?? {})) {
          if (schema !== undefined) schemas.set(schema, `${metatype.name}.${method}`);
        }
      }
    }
  }
  return schemas;
}
