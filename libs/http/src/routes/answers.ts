import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

/** What a route may answer under a schema: built of shared values, which it does not change. */
export type Answer<Schema extends z.ZodType> = Unchanged<z.output<Schema>>;

type Unchanged<Value> = Value extends object
  ? { readonly [Field in keyof Value]: Unchanged<Value[Field]> }
  : Value;

/** A method whose answers the schema describes; without a schema there is nothing to compare. */
type AnsweredBy<Schema extends z.ZodType | undefined> = <Result>(
  target: object,
  name: string | symbol,
  method: TypedPropertyDescriptor<
    (
      ...given: never[]
    ) => Awaited<Result> extends (Schema extends z.ZodType ? Answer<Schema> : unknown)
      ? Result
      : never
  >,
) => void;

/**
 * Documents one answer of a route: its status, its schema (none for an empty body), and when it is given.
 * A route whose method answers something else does not compile.
 */
export function Answers<Schema extends z.ZodType | undefined>(
  status: number,
  schema: Schema,
  description: string,
): AnsweredBy<Schema> {
  return ApiResponse({
    status,
    description,
    ...(schema === undefined ? {} : { standardSchema: schema }),
  });
}

/** Documents an answer that is a text of another media type than JSON. */
export function AnswersText(status: number, mediaType: string, description: string) {
  return ApiResponse({
    status,
    description,
    content: { [mediaType]: { schema: { type: 'string' } } },
  });
}

/** Documents an answer that is a file. A client parses one of JSON: it is an object there. */
export function AnswersFile(status: number, mediaType: string, description: string) {
  const schema =
    mediaType === 'application/json'
      ? { type: 'object', additionalProperties: true }
      : { type: 'string', format: 'binary' };
  return ApiResponse({ status, description, content: { [mediaType]: { schema } } });
}

/** Documents problems that the API document does not derive from the shape of a route. */
export function AnswersProblem(...statuses: number[]) {
  return applyDecorators(...statuses.map((status) => ApiResponse({ status, description: '' })));
}
