import type { Rule } from './violation.js';

interface RunningLoad {
  readonly appliedBefore: number;
  /** Nobody waits for it any more. */
  readonly isAbandoned: () => boolean;
}

const MAX_LOADS_PER_KEY = 2;

/**
 * C4: at most two loads of a key run at once in a replica, and a second one only because an
 * invalidation was applied since the first began. A load nobody waits for (its signal fired) is over.
 */
export class LoadWatch {
  private readonly running = new Map<string, Set<RunningLoad>>();
  private readonly applied = new Map<string, number>();

  constructor(
    private readonly report: (rule: Rule, detail: string) => void,
    /** Loads may wait for their turn: then it can't be seen here what was applied since they were asked for. */
    private readonly isQueueing: boolean,
  ) {}

  /** The process is another one. */
  restarted(replica: string): void {
    for (const id of this.running.keys()) if (id.startsWith(`${replica}/`)) this.running.delete(id);
  }

  invalidationApplied(replica: string): void {
    this.applied.set(replica, (this.applied.get(replica) ?? 0) + 1);
  }

  started(replica: string, key: string, isAbandoned: () => boolean): () => void {
    const id = `${replica}/${key}`;
    const load = { appliedBefore: this.applied.get(replica) ?? 0, isAbandoned };
    const running = this.running.get(id) ?? new Set<RunningLoad>();
    this.running.set(id, running);
    for (const other of running) {
      if (other.isAbandoned()) {
        running.delete(other);
        continue;
      }
      if (!this.isQueueing && other.appliedBefore === load.appliedBefore) {
        this.report('C4 one load', `${id} is loaded again although nothing was invalidated`);
      }
    }
    running.add(load);
    if (running.size > MAX_LOADS_PER_KEY) {
      this.report('C4 one load', `${running.size} loads of ${id} run at once`);
    }
    return () => {
      running.delete(load);
    };
  }
}
