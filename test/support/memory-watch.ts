import { readFileSync } from 'node:fs';
import { delay } from '#libs/kernel';
import type { Role, RunningReplica } from '#libs/testing';
import { memoryGrowth, type MemoryGrowth, type MemorySample } from './memory-growth.js';
import { ReplicaInspector } from './replica-inspector.js';

export interface MemoryReport extends MemoryGrowth {
  readonly role: Role;
  readonly replica: string;
  /** MiB of the process at its largest, garbage included. */
  readonly mostMib: number;
}

const MIB = 1_048_576;
const MINUTE_MS = 60_000;
/** Seldom enough that in between garbage piles up as it does in production. */
const COLLECT_EVERY_MS = 60_000;
const LOOK_EVERY_MS = 2_000;

/**
 * Looks at the memory of replicas (started with `INSPECTABLE`) until it is stopped. What is resident says little about leaks: under load
 * the young generation of V8 alone goes from 1 to 128 MiB and back, and the old one grows with garbage. So each minute the garbage
 * of every replica is collected, and what is left is what is judged. Linux only.
 */
export class MemoryWatch {
  private readonly over = new AbortController();
  private readonly reports: Promise<readonly MemoryReport[]>;

  constructor(replicas: readonly RunningReplica[]) {
    this.reports = Promise.all(replicas.map((replica) => this.watch(replica)));
    // Whoever stops it is told.
    this.reports.catch(() => undefined);
  }

  stop(): Promise<readonly MemoryReport[]> {
    this.over.abort();
    return this.reports;
  }

  private async watch(replica: RunningReplica): Promise<MemoryReport> {
    using inspector = await ReplicaInspector.attach(replica);
    const samples: MemorySample[] = [];
    let mostMib = 0;
    const beganMs = performance.now();
    while (!this.over.signal.aborted) {
      mostMib = Math.max(mostMib, residentMib(replica.pid));
      const sinceMs = performance.now() - beganMs;
      if (sinceMs >= samples.length * COLLECT_EVERY_MS) {
        const { rss, heapUsed, external } = await inspector.memoryHeld();
        samples.push({
          minutes: sinceMs / MINUTE_MS,
          heldMib: (heapUsed + external) / MIB,
          residentMib: rss / MIB,
        });
      }
      await delay(LOOK_EVERY_MS);
    }
    return {
      role: replica.role,
      replica: replica.replica,
      ...memoryGrowth(samples),
      mostMib: Math.round(mostMib),
    };
  }
}

function residentMib(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1_024;
}
