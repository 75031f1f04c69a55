import { OperationalError } from '#libs/kernel';
import { cacheErrors } from '../../cache.errors.js';
import { regionTag } from '../following/coherence.js';
import { pause } from '../time/pause.js';
import type { ReaderEnvironment } from './reader-environment.js';
import { ReadMoments } from './read-moments.js';
import { currentObserver, observeReads, ReadObserver } from './read-observer.js';

/** What was overtaken is made anew at once; what was not is still held, so each try is shorter. */
const MAX_TRIES = 8;
/**
 * Changes that follow closely on one another, such as those of an import, end after a while. So the third try waits
 * this long, and each one after it twice as long as the one before.
 */
const FIRST_PAUSE_MS = 10;

/** What answers of one state have cost since the process started. */
export interface WholeStats {
  /** Followed the log because something had been loaded for them. */
  confirmed: number;
  /** Made again because a change came between their parts. */
  repeated: number;
  /** Given up. */
  refused: number;
}

/**
 * Works out answers whose parts are all of one state of the database.
 *
 * What is held, and of which everything was applied here, is of the state that the invalidations applied here
 * make. What was just loaded may show a change that was committed but is not applied yet: so the log is
 * followed once more when an answer has such a part. Then the journal tells whether there is a moment
 * at which every part was true; if there is none the answer is made again, of what is held by then.
 */
export class WholeReads {
  readonly stats: WholeStats = { confirmed: 0, repeated: 0, refused: 0 };

  constructor(
    private readonly environment: Pick<ReaderEnvironment, 'coherence' | 'lease' | 'scheduler'>,
  ) {}

  /**
   * What `work` makes of what it reads through the cache; it is called again when that was not of one state.
   * Throws `cache.answer-overtaken` when it never is, and what `work` throws: that there is no such thing is
   * an answer like any other; that it cannot be told at the moment is thrown at once. What cannot be confirmed, because the log cannot be followed, is answered and
   * noted as stale.
   */
  async read<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const outer = currentObserver();
    // Nothing is held and no tags are noted for those who read apart.
    if (outer?.apart !== undefined) return work();
    const { journal } = this.environment.coherence;
    journal.loadStarted();
    try {
      for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
        const observer = new ReadObserver();
        const moments = new ReadMoments();
        observer.moments = moments;
        const began = this.environment.coherence.sequence;
        const [result] = await Promise.allSettled([observeReads(observer, work)]);
        if (result.status === 'rejected' && isNoAnswer(result.reason, observer))
          throw result.reason;
        await this.confirm(observer);
        const cleared = journal.firstAfter(began, [...observer.regions].map(regionTag));
        if (observer.isStale || (cleared === Infinity && moments.areOne(journal))) {
          outer?.noteInner(observer, began);
          if (result.status === 'rejected') throw result.reason;
          return result.value;
        }
        this.stats.repeated += 1;
        if (tries > 1 && tries < MAX_TRIES) {
          await pause(this.environment.scheduler, FIRST_PAUSE_MS * 2 ** (tries - 2));
        }
      }
    } finally {
      journal.loadEnded();
    }
    this.stats.refused += 1;
    throw cacheErrors.answerOvertaken({ retryAfterSeconds: 1 });
  }

  /** What was committed before the last part was loaded has been applied. */
  private async confirm(observer: ReadObserver): Promise<void> {
    const { coherence, lease } = this.environment;
    if (observer.isStale || observer.readUntilMs < coherence.followedSinceMs) return;
    this.stats.confirmed += 1;
    if (!(await lease.renew(0))) observer.isStale = true;
  }
}

/** It depends on nothing that was read: something is out of order, or nobody waits any more. */
function isNoAnswer(error: unknown, { audience }: ReadObserver): boolean {
  return error instanceof OperationalError || audience?.().aborted === true;
}
