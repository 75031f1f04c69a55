import { databaseErrors } from '../database.errors.js';

export interface TurnsOptions {
  /** Holders at once. */
  readonly places: number;
  /** Holders of one kind at once; as many as there are places unless it says otherwise. */
  readonly placesPerKind?: number;
  /** Beyond this nobody waits: the queue could not be served in time anyway. */
  readonly maxWaiting?: number;
  /** Named when a turn does not come. */
  readonly what: string;
}

export interface TurnWish {
  /** Longest wait, in milliseconds. */
  readonly waitMs: number;
  readonly kind?: string | undefined;
  /** Its caller is gone: the wait ends with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Ends a turn; a second call does nothing. */
export type EndTurn = () => void;

interface Waiter {
  readonly kind: string;
  begin(): void;
}

/**
 * Places of a resource that a process shares out, first come, first served. One that waits because its
 * kind has as many places as it may have keeps nobody of another kind waiting.
 */
export class Turns {
  private readonly queue = new Set<Waiter>();
  private readonly heldByKind = new Map<string, number>();
  private held = 0;

  constructor(private readonly options: TurnsOptions) {}

  get places(): number {
    return this.options.places;
  }

  /** How many wait. */
  get waiting(): number {
    return this.queue.size;
  }

  /**
   * Resolves with the function that ends the turn. Throws `database.busy` when it does not come in time,
   * or when too many wait.
   */
  async take({ waitMs, kind = '', signal }: TurnWish): Promise<EndTurn> {
    signal?.throwIfAborted();
    if (this.hasPlace(kind)) return this.begin(kind);
    const { what, maxWaiting = Number.POSITIVE_INFINITY } = this.options;
    if (this.queue.size >= maxWaiting) throw busy(`too many wait for ${what}`);
    return new Promise((resolve, reject) => {
      const end = () => {
        this.queue.delete(waiter);
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const leave = (error: Error) => {
        end();
        reject(error);
      };
      const onAbort = () => leave(signal?.reason as Error);
      const waiter: Waiter = {
        kind,
        begin: () => {
          end();
          resolve(this.begin(kind));
        },
      };
      const timer = setTimeout(
        () => leave(busy(`no turn for ${what} within ${waitMs} ms`)),
        waitMs,
      );
      signal?.addEventListener('abort', onAbort, { once: true });
      this.queue.add(waiter);
    });
  }

  private hasPlace(kind: string): boolean {
    const { places, placesPerKind = places } = this.options;
    return this.held < places && (this.heldByKind.get(kind) ?? 0) < placesPerKind;
  }

  private begin(kind: string): EndTurn {
    this.held += 1;
    this.heldByKind.set(kind, (this.heldByKind.get(kind) ?? 0) + 1);
    let hasEnded = false;
    return () => {
      if (hasEnded) return;
      hasEnded = true;
      this.held -= 1;
      const left = (this.heldByKind.get(kind) ?? 0) - 1;
      if (left > 0) this.heldByKind.set(kind, left);
      else this.heldByKind.delete(kind);
      this.beginNext();
    };
  }

  /** At most one place has become free, and every waiter before the first that fits is kept by its kind. */
  private beginNext(): void {
    for (const waiter of this.queue) {
      if (!this.hasPlace(waiter.kind)) continue;
      waiter.begin();
      return;
    }
  }
}

function busy(message: string): Error {
  return databaseErrors.busy({ message, retryAfterSeconds: 1 });
}
