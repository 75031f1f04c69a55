import { cacheErrors } from '../../cache.errors.js';
import { afterAwake } from '../time/awake-timeout.js';
import { LoadTicket } from './load-ticket.js';
import type { Scheduler } from '../time/scheduler.js';
import type { TurnClock } from '../time/turn-clock.js';

export interface LoadSlotLimits {
  /** Loads that run at once in the process. */
  readonly maxRunning: number;
  /** How long a load may wait for its turn before it fails. */
  readonly waitMs: number;
}

/** Beyond this no load waits: the queue could not be served in time anyway. */
const MAX_WAITING = 10_000;

/**
 * How many loads run at once, so that an empty cache asks the database no more than it can answer.
 *
 * A load that another load waits for never waits for its turn, because that other load has a turn
 * and would keep it: it is let in above the limit, and counted, so that fewer new ones begin.
 */
export class LoadSlots {
  private readonly queue = new Set<LoadTicket>();
  private runningCount = 0;

  constructor(
    private readonly limits: LoadSlotLimits,
    private readonly timing: { readonly clock: TurnClock; readonly scheduler: Scheduler },
  ) {}

  get running(): number {
    return this.runningCount;
  }

  get waiting(): number {
    return this.queue.size;
  }

  get hasRoom(): boolean {
    return this.runningCount < this.limits.maxRunning;
  }

  /** Fails with `cache.too-many-loads` when its turn does not come within the bound. */
  ticket(isInsideLoad: boolean): LoadTicket {
    const ticket = new LoadTicket({
      admitted: () => {
        this.queue.delete(ticket);
        this.runningCount += 1;
      },
      refused: () => this.queue.delete(ticket),
      left: () => {
        this.runningCount -= 1;
        this.admitNext();
      },
    });
    if (isInsideLoad || this.hasRoom) ticket.admit();
    else if (this.queue.size >= MAX_WAITING) ticket.refuse(this.refusal());
    else this.enqueue(ticket);
    return ticket;
  }

  /** A place for those who rather do without than wait; undefined when there is no room. */
  tryEnter(): (() => void) | undefined {
    return this.hasRoom ? this.ticket(false).hold() : undefined;
  }

  private enqueue(ticket: LoadTicket): void {
    this.queue.add(ticket);
    const cancel = afterAwake(this.limits.waitMs, () => ticket.refuse(this.refusal()), this.timing);
    // Both ways of ending the wait are handled by who waits for the ticket.
    ticket.turn.then(cancel, cancel);
  }

  private admitNext(): void {
    while (this.hasRoom) {
      const [next] = this.queue;
      if (next === undefined) return;
      next.admit();
    }
  }

  private refusal(): Error {
    return cacheErrors.tooManyLoads({
      message: `${this.limits.maxRunning} loads are under way and another did not get its turn`,
      retryAfterSeconds: 1,
    });
  }
}
