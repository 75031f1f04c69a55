import { deferred } from '#libs/kernel';

export interface TicketEvents {
  admitted(): void;
  /** It does not wait any more, and was not admitted. */
  refused(): void;
  /** Everything that ran under an admitted ticket has ended. */
  left(): void;
}

/** The right of one query to run. Several loads share it when one query answers them all. */
export class LoadTicket {
  private readonly decision = deferred<void>();
  private state: 'waiting' | 'admitted' | 'refused' = 'waiting';
  private holders = 0;

  constructor(private readonly events: TicketEvents) {}

  get isAdmitted(): boolean {
    return this.state === 'admitted';
  }

  /** Resolves when the query may begin, rejects when it did not get its turn. */
  get turn(): Promise<void> {
    return this.decision.promise;
  }

  admit(): void {
    if (this.state !== 'waiting') return;
    this.state = 'admitted';
    this.events.admitted();
    this.decision.resolve();
  }

  refuse(reason: Error): void {
    if (this.state !== 'waiting') return;
    this.state = 'refused';
    this.events.refused();
    this.decision.reject(reason);
  }

  /** Keeps the right, or the place among those who wait for it, until the returned function is called. */
  hold(): () => void {
    this.holders += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.holders -= 1;
      if (this.holders > 0) return;
      if (this.isAdmitted) this.events.left();
      else this.refuse(new Error('nobody waits for it any more'));
    };
  }
}
