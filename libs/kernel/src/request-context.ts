import { AsyncScope } from './async-scope.js';

/** On whose behalf something is done. */
export interface Actor {
  readonly kind: 'staff' | 'api-key' | 'customer' | 'system';
  readonly id: string;
  readonly name: string;
}

/** Characters of a request's id; the columns that keep one are as long. */
export const MAX_REQUEST_ID_LENGTH = 100;

/** What travels with a request or a job through every layer without being an argument. */
export interface RequestContext {
  readonly requestId: string;
  actor?: Actor;
  /** Position in the invalidation log of the last commit made on behalf of this request. */
  position?: number;
}

const scope = new AsyncScope<RequestContext>();

/** Until what `work` answers has settled. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  return scope.run(context, work);
}

/** The context of the request or job under way; undefined in background loops. */
export function currentContext(): RequestContext | undefined {
  return scope.current;
}
