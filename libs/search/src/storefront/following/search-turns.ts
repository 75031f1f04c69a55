import { setImmediate } from 'node:timers/promises';

/**
 * Turns of what holds the event loop for a millisecond or more: one in each round of the loop, in the order in which
 * they were asked for. So what is short, such as a page from memory, waits for one search at most, however many
 * clients search at once.
 */
export class SearchTurns {
  private last: Promise<void> = Promise.resolve();

  /** Resolves when the caller may begin; what it does in this step is its turn. */
  next(): Promise<void> {
    this.last = this.last.then(() => setImmediate());
    return this.last;
  }
}
