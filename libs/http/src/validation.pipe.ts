import { StandardSchemaValidationPipe } from '@nestjs/common';
import { httpErrors } from './http.errors.js';

/** One thing that is wrong with a request. */
export interface ValidationProblem {
  /** Names and indexes, joined by dots; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** More would only help somebody who wants a large answer. */
const MAX_PROBLEMS = 100;

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  /** zod: the names of fields that a strict object does not know. */
  readonly keys?: unknown;
}

/**
 * Checks `@Body({ schema })`, `@Query({ schema })` and `@Param({ schema })` against their zod schema and
 * hands over what the schema makes of them. Refuses with `http.validation-failed` and all problems.
 */
export function createValidationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      httpErrors.validationFailed({
        details: { errors: issues.flatMap(describeIssue).slice(0, MAX_PROBLEMS) },
      }),
  });
}

function describeIssue(issue: Issue): readonly ValidationProblem[] {
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  if (Array.isArray(issue.keys)) {
    return issue.keys.map((key) => ({
      path: [...path, String(key)].join('.'),
      message: 'Unknown field',
    }));
  }
  return [{ path: path.join('.'), message: issue.message }];
}
