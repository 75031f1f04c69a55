import { AsyncLocalStorage } from 'node:async_hooks';

/** What went into an answer: the tags of everything read, and how it was obtained. */
export class ReadObserver {
  readonly tags = new Set<string>();
  hits = 0;
  misses = 0;
  /** Something was served that could not be confirmed against the log (SQL away) or had expired. */
  isStale = false;
}

const storage = new AsyncLocalStorage<ReadObserver>();
/** Looking into async storage costs more than a hit, so hits ask this first. */
let observersUnderWay = 0;

/** Runs `work`; every cached read inside it is noted in `observer`, however deep. */
export async function observeReads<T>(
  observer: ReadObserver,
  work: () => T | Promise<T>,
): Promise<T> {
  observersUnderWay += 1;
  try {
    return await storage.run(observer, work);
  } finally {
    observersUnderWay -= 1;
  }
}

export function currentObserver(): ReadObserver | undefined {
  return observersUnderWay === 0 ? undefined : storage.getStore();
}
