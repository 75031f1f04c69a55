import { readFileSync } from 'node:fs';
import type { RunningReplica } from '#libs/testing';

const SAMPLE_MS = 2_000;

export interface MemoryReport {
  readonly replica: string;
  /** MiB, the least in the middle third of the time: what is held when garbage has just been collected. */
  readonly floor: number;
  /** The same, in the last third. */
  readonly lastFloor: number;
  readonly most: number;
}

/**
 * Looks at the memory (RSS) of replicas until it is stopped. Between collections memory rises and falls by more
 * than a leak adds, so floors are compared. Linux only.
 */
export class MemoryFloor {
  private readonly samples = new Map<RunningReplica, number[]>();
  private readonly timer: NodeJS.Timeout;

  constructor(replicas: readonly RunningReplica[]) {
    for (const replica of replicas) this.samples.set(replica, []);
    this.timer = setInterval(() => this.look(), SAMPLE_MS);
  }

  stop(): readonly MemoryReport[] {
    clearInterval(this.timer);
    return [...this.samples].map(([{ replica }, mib]) => {
      const third = Math.floor(mib.length / 3);
      return {
        replica,
        floor: Math.round(Math.min(...mib.slice(third, 2 * third))),
        lastFloor: Math.round(Math.min(...mib.slice(2 * third))),
        most: Math.round(Math.max(...mib)),
      };
    });
  }

  private look(): void {
    for (const [{ pid }, mib] of this.samples) {
      const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      mib.push(Number(kib) / 1_024);
    }
  }
}
