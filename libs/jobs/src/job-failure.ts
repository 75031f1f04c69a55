import { LockstepError } from '#libs/kernel';

const MAX_MESSAGE = 500;
const LOGIN_IN_URL = /\/\/[^/\s@]+@/g;
const SECRET_ASSIGNMENT = /((?:password|pwd|secret|token|api[-_]?key)\s*[=:]\s*)[^\s;,&]+/gi;

/** What of an error is stored with the job and shown to staff. The log has the rest. */
export interface JobFailure {
  readonly code: string;
  readonly message: string;
  readonly attempt: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Drivers put connection strings and values into their messages; those must not be stored. */
export function describeFailure(error: unknown, attempt: number, at: number): JobFailure {
  const code = error instanceof LockstepError ? error.code : 'jobs.failed';
  const text = error instanceof Error ? error.message : String(error);
  const message = text
    .replace(LOGIN_IN_URL, '//***@')
    .replace(SECRET_ASSIGNMENT, '$1***')
    .slice(0, MAX_MESSAGE);
  return { code, message, attempt, at };
}
