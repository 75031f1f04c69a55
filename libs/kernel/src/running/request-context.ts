import { AsyncLocalStorage } from 'node:async_hooks';

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
  /** What is done when the client has its answer. */
  afterAnswer?: () => void;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** For all that `work` calls, however deep and however late. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** The context of the request or job under way; undefined in background loops. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}
