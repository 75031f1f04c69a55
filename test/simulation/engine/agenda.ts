/** One process of the simulation: its events happen one at a time, and not while it is stalled or dead. */
export class Lane {
  isAlive = true;
  /** Until then its event loop is blocked. */
  stalledUntilMs = 0;
  private readonly turnEnds: (() => void)[] = [];

  constructor(readonly name: string) {}

  afterTurn(task: () => void): void {
    this.turnEnds.push(task);
  }

  endTurn(): void {
    for (const task of this.turnEnds.splice(0)) task();
  }
}

/**
 * What an event touches. Two events that touch nothing in common give the same result in either
 * order, which is what the exhaustive exploration leaves out.
 */
export interface Footprint {
  /** The process it runs in; undefined for a server of the simulation. */
  readonly lane?: Lane;
  readonly sql?: 'read' | 'write';
}

export interface Happening extends Footprint {
  /** Timers that fell due in a stall run before the input and output that arrived in it. */
  readonly kind: 'timer' | 'io';
  readonly label: string;
  run(): void;
}

/** The one source of time and order: everything that happens was put on the agenda. */
export interface Agenda {
  readonly nowMs: number;
  /** Counts the events; the order of everything in a run. */
  readonly step: number;
  /** Returns the function that takes the event off the agenda. */
  after(ms: number, happening: Happening): () => void;
  note(text: string): void;
}
