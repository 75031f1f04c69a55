import type { Agenda, Happening } from './agenda.js';
import { settle } from './settle.js';
import type { Trace } from './trace.js';

interface Planned {
  readonly atMs: number;
  /** Among events of the same time: what was put off by a stall comes first, its timers before the rest. */
  readonly rank: number;
  readonly order: number;
  readonly happening: Happening;
  isCancelled: boolean;
}

/** Virtual time: jumps from event to event; promises settle in between. */
export class TimedAgenda implements Agenda {
  private readonly heap: Planned[] = [];
  private current = 0;
  private steps = 0;
  private orders = 0;

  constructor(private readonly trace: Trace) {}

  get nowMs(): number {
    return this.current;
  }

  get step(): number {
    return this.steps;
  }

  note(text: string): void {
    this.trace.note(this.current, text);
  }

  after(ms: number, happening: Happening): () => void {
    return this.plan(this.current + Math.max(0, ms), 2, happening);
  }

  /** Runs what is due until then. Throws what an event throws. */
  async runUntil(endMs: number): Promise<void> {
    for (;;) {
      const next = this.heap[0];
      if (next === undefined || next.atMs > endMs) break;
      this.pop();
      if (next.isCancelled) continue;
      await this.perform(next);
    }
    this.current = Math.max(this.current, endMs);
  }

  private async perform({ atMs, happening }: Planned): Promise<void> {
    const { lane } = happening;
    if (lane?.isAlive === false) return;
    this.current = Math.max(this.current, atMs);
    if (lane !== undefined && lane.stalledUntilMs > this.current) {
      this.plan(lane.stalledUntilMs, happening.kind === 'timer' ? 0 : 1, happening);
      return;
    }
    this.steps += 1;
    if (happening.kind === 'io') this.note(`${lane?.name ?? '-'} ${happening.label}`);
    happening.run();
    // The servers of the simulation wait for nothing: only processes have promises.
    if (lane === undefined) return;
    await settle();
    lane.endTurn();
  }

  private plan(atMs: number, rank: number, happening: Happening): () => void {
    this.orders += 1;
    const planned = { atMs, rank, order: this.orders, happening, isCancelled: false };
    this.push(planned);
    return () => {
      planned.isCancelled = true;
    };
  }

  private push(planned: Planned): void {
    const { heap } = this;
    let index = heap.length;
    heap.push(planned);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, planned)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = planned;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const left = heap[child];
      const right = heap[child + 1];
      if (left === undefined) break;
      if (right !== undefined && isBefore(right, left)) child += 1;
      const least = heap[child];
      if (least === undefined || isBefore(last, least)) break;
      heap[index] = least;
      index = child;
    }
    heap[index] = last;
  }
}

function isBefore(one: Planned, other: Planned): boolean {
  if (one.atMs !== other.atMs) return one.atMs < other.atMs;
  if (one.rank !== other.rank) return one.rank < other.rank;
  return one.order < other.order;
}
