import {
  afterAwake,
  cacheErrors,
  type Follower,
  type SampledEntry,
  type Scheduler,
  type TurnClock,
} from '#libs/cache';
import { deferred } from '#libs/kernel';

/**
 * `same`: the database gives what is held. `different`: it does not, and nothing has said that it
 * changed. `overtaken`: it changed meanwhile. `failed`: the database could not be asked.
 */
export type VerificationResult = (typeof VERIFICATION_RESULTS)[number];

export const VERIFICATION_RESULTS = ['same', 'different', 'overtaken', 'failed'] as const;

const TIMEOUT_MS = 10_000;

/**
 * Compares an entry with the database while others write.
 *
 * A difference alone proves nothing: what was loaded may be newer than what this replica has heard of.
 * So the log is followed after the load. All that committed before the load saw it is applied then;
 * an entry that is still held was not made from any of it, and should have been the same.
 */
export class EntryVerifier {
  constructor(
    private readonly follower: Pick<Follower, 'followNow'>,
    private readonly timing: { readonly clock: TurnClock; readonly scheduler: Scheduler },
  ) {}

  /** Never rejects, and takes no longer than a load may. */
  async verify(entry: SampledEntry, stop?: AbortSignal): Promise<VerificationResult> {
    const aborter = new AbortController();
    const ended = deferred<VerificationResult>();
    const end = (): void => {
      aborter.abort(cacheErrors.loadTimeout());
      ended.resolve('failed');
    };
    const cancelTimeout = afterAwake(TIMEOUT_MS, end, this.timing);
    stop?.addEventListener('abort', end, { once: true });
    try {
      return await Promise.race([this.compare(entry, aborter.signal), ended.promise]);
    } catch {
      return 'failed'; // The database library reports why; here it only counts that it is not known.
    } finally {
      cancelTimeout();
      stop?.removeEventListener('abort', end);
    }
  }

  private async compare(entry: SampledEntry, signal: AbortSignal): Promise<VerificationResult> {
    if (await entry.agreesWithDatabase(signal)) return 'same';
    if (!(await this.outlivesFollow(entry))) return 'overtaken';
    // Loaders that read in several steps may have read before and after a change: look once more.
    if (await entry.agreesWithDatabase(signal)) return 'overtaken';
    return (await this.outlivesFollow(entry)) ? 'different' : 'overtaken';
  }

  private async outlivesFollow(entry: SampledEntry): Promise<boolean> {
    if (!entry.isHeld) return false;
    await this.follower.followNow();
    return entry.isHeld;
  }
}
