import type { Clock } from '#libs/kernel';
import { isReplaced } from './database-file.js';
import { isUnreachable, isUnwritable } from './dialect.js';

/** What the last units of work of this process showed about the database. */
export class WriteHealth {
  private provenAt: number | undefined;
  private refusal: unknown;

  constructor(private readonly clock: Clock) {}

  /** A unit of work has committed. */
  noteCommit(): void {
    this.provenAt = this.clock.monotonicMs();
    this.refusal = undefined;
  }

  /** A unit of work has failed. Only what speaks of the database itself counts. */
  noteFailure(error: unknown): void {
    if (!isUnwritable(error) && !isUnreachable(error) && !isReplaced(error)) return;
    this.provenAt = undefined;
    this.refusal = error;
  }

  /** Why the database takes no changes, as far as is known; undefined when it does. */
  get reason(): unknown {
    return this.refusal;
  }

  /** Milliseconds since the last commit; Infinity before the first and after a refusal. */
  get provenAgeMs(): number {
    return this.provenAt === undefined ? Infinity : this.clock.monotonicMs() - this.provenAt;
  }
}
