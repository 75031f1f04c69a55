import type { RowName } from '../../world/settings.js';
import type { LogExcerpt } from '../../../../libs/cache/src/core/following/log-source.js';

/** What a process asks of the world and waits for. */
export type Request =
  | { readonly kind: 'rows'; readonly rows: readonly RowName[] }
  | { readonly kind: 'log'; readonly after: number }
  | { readonly kind: 'publish'; readonly text: string };

/** What the database shows. */
export type Sight =
  | { readonly kind: 'rows'; readonly revisions: readonly number[] }
  | {
      readonly kind: 'log';
      readonly excerpt: LogExcerpt;
      /** For the checker alone: all rows at that instant. */
      readonly revisions: Readonly<Record<RowName, number>>;
    };

export interface OpenRequest {
  readonly slot: number;
  readonly request: Request;
}

interface Pending extends OpenRequest {
  resolve(sight: Sight | undefined): void;
  reject(error: unknown): void;
}

/**
 * The requests of one process that nobody has answered yet. Each has the lowest free number, so that
 * what a number means depends on what is open, not on all that ever was.
 */
export class OpenRequests {
  private readonly pending = new Map<number, Pending>();

  send(request: Request): Promise<Sight | undefined> {
    let slot = 0;
    while (this.pending.has(slot)) slot += 1;
    return new Promise((resolve, reject) => {
      this.pending.set(slot, { slot, request, resolve, reject });
    });
  }

  list(): readonly OpenRequest[] {
    return [...this.pending.values()]
      .map(({ slot, request }) => ({ slot, request }))
      .sort((one, other) => one.slot - other.slot);
  }

  answer(slot: number, sight: Sight | undefined): void {
    this.take(slot).resolve(sight);
  }

  fail(slot: number): void {
    this.take(slot).reject(new Error('the database is away'));
  }

  private take(slot: number): Pending {
    const pending = this.pending.get(slot);
    if (pending === undefined) throw new Error(`nothing is open under ${slot}`);
    this.pending.delete(slot);
    return pending;
  }
}
