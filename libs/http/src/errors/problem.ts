import { DefectError, OperationalError, type LockstepError } from '#libs/kernel';
import { httpErrors } from './http.errors.js';

const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** An error as a client sees it (RFC 9457); `details` of the error are members of their own. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Stable; clients branch on it. */
  readonly code: string;
  readonly detail: string;
  /** The path that was asked for, without its query. */
  readonly instance: string;
  /** Finds the request in the log. */
  readonly requestId: string;
  readonly [member: string]: unknown;
}

/** Seconds a client is asked to wait when the error itself does not say. */
const DEFAULT_RETRY_AFTER_S = 1;

/** Nothing of a defect is told but that it happened. */
export function problemOf(error: LockstepError, instance: string, requestId: string): Problem {
  const told = error instanceof DefectError ? httpErrors.internal() : error;
  return {
    ...told.details,
    type: `urn:lockstep:problem:${told.code}`,
    title: told.title,
    status: told.status,
    code: told.code,
    detail: told.message,
    instance,
    requestId,
  };
}

/** Headers that belong to the problem. */
export function problemHeaders(error: LockstepError): Readonly<Record<string, string>> {
  const retryAfter =
    error.retryAfterSeconds ??
    (error instanceof OperationalError ? DEFAULT_RETRY_AFTER_S : undefined);
  return {
    'content-type': PROBLEM_CONTENT_TYPE,
    'cache-control': 'no-store',
    ...(retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) }),
    ...(error.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  };
}
