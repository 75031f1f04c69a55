import { StandardSchemaValidationPipe } from '@nestjs/common';
import { httpErrors } from '../errors/http.errors.js';

/** One thing that is wrong with a request. */
export interface ValidationProblem {
  /** Names and indexes, joined by dots; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** More would only help somebody who wants a large answer. */
const MAX_PROBLEMS = 100;

/** Of each form that a value may have. */
const MAX_PROBLEMS_OF_FORM = 3;

/** What zod says of a field that is not there, in words of the language it is written in. */
const MISSING = /^Invalid input: (expected .+), received undefined$/;

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  /** zod: the names of fields that a strict object does not know. */
  readonly keys?: unknown;
  /** zod: what is wrong by each of the forms that the value may have. */
  readonly errors?: readonly (readonly Issue[])[];
  /** zod: what is wrong with the name of a field that may have many names. */
  readonly issues?: readonly Issue[];
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
  const path = namesOf(issue);
  if (Array.isArray(issue.keys)) {
    return issue.keys.map((key) => ({
      path: [...path, String(key)].join('.'),
      message: 'Unknown field',
    }));
  }
  const forms = issue.errors ?? [];
  const meant = meantForm(forms);
  if (meant === undefined) return [{ path: path.join('.'), message: messageOf(issue) }];
  return meant.flatMap(describeIssue).map((problem) => ({
    path: [...path, problem.path].filter((part) => part !== '').join('.'),
    message: problem.message,
  }));
}

/** What is expected; of what may be several things, what each of them asks for, unless the schema says it. */
function messageOf({ message, errors = [], issues = [] }: Issue): string {
  if (issues.length > 0) return `Invalid name of a field: ${textOf(issues)}`;
  const texts = new Set(errors.map(textOf));
  if (texts.size === 0 || message !== 'Invalid input')
    return message.replace(MISSING, 'Missing: $1');
  return texts.size === 1 ? [...texts].join() : `No form of it fits: ${[...texts].join('; or ')}`;
}

function textOf(issues: readonly Issue[]): string {
  return issues
    .flatMap(describeIssue)
    .slice(0, MAX_PROBLEMS_OF_FORM)
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join(', ');
}

function namesOf(issue: Issue): readonly string[] {
  return (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
}

/**
 * What is wrong by the form that was meant: the one whose own fields are all there, or most of them. Undefined
 * when two are as likely: the sum of what is wrong by either would mislead.
 */
function meantForm(forms: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const ranked = forms
    .map((issues) => ({ issues, strangeness: issues.reduce((sum, it) => sum + strange(it), 0) }))
    .sort((one, other) => one.strangeness - other.strangeness);
  const [first, second] = ranked;
  return first?.strangeness === second?.strangeness ? undefined : first?.issues;
}

/** The value is no such thing, or one of its own fields is missing or unknown; what is wrong deeper hardly counts. */
function strange(issue: Issue): number {
  if (Array.isArray(issue.keys)) return namesOf(issue).length === 0 ? 1 : 0.01;
  return [10, 1][namesOf(issue).length] ?? 0.01;
}
