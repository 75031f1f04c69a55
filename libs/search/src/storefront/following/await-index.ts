import { kernelErrors, LockstepError, withDeadline } from '#libs/kernel';
import { searchErrors } from '../../model/search.errors.js';

/**
 * Waits for what the index of a store is not ready without. Throws `search.index-not-ready` when that takes beyond the
 * deadline, an instant of `performance.now()`.
 */
export async function awaitIndex(
  promise: Promise<void>,
  deadlineMs: number,
  storeCode: string,
): Promise<void> {
  try {
    await withDeadline(promise, deadlineMs - performance.now(), 'an index');
  } catch (error) {
    // The clock does not decide: a timer may fire a little early.
    if (!hasTimedOut(error)) throw error;
    throw searchErrors.indexNotReady({ details: { store: storeCode }, retryAfterSeconds: 1 });
  }
}

function hasTimedOut(error: unknown): boolean {
  return error instanceof LockstepError && error.code === kernelErrors.deadlineExceeded().code;
}
