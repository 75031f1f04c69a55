import { isReplaced } from '../opening/database-file.js';
import { isUnreachable, isUnwritable } from '../sql/dialect.js';

/** What the last units of work of this process showed about the database. */
export class WriteHealth {
  private refusal: unknown;

  /** A unit of work has committed. */
  noteCommit(): void {
    this.refusal = undefined;
  }

  /** A unit of work has failed. Only what speaks of the database itself counts. */
  noteFailure(error: unknown): void {
    if (isUnwritable(error) || isUnreachable(error) || isReplaced(error)) this.refusal = error;
  }

  /** Why the database takes no changes, as far as is known; undefined when it does. */
  get reason(): unknown {
    return this.refusal;
  }
}
