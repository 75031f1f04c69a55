import { createHistogram, monitorEventLoopDelay, type RecordableHistogram } from 'node:perf_hooks';

/** How busy a replica was since it was last asked. */
export interface LoadSnapshot {
  /** Of one core; more than 100 where threads of the process work too. */
  readonly cpuPercent: number;
  /** 99th percentile of how late timers fired. */
  readonly eventLoopDelayMs: number;
  readonly requestsPerSecond: number;
  /** 99th percentile of the time to answer, without what is answered from memory; 0 without any. */
  readonly p99Ms: number;
}

const MICROSECONDS = 1_000;
const NANOSECONDS = 1_000_000;

/** Measures the load of this process. Each snapshot begins a new span. */
export class ReplicaLoad {
  private readonly durations: RecordableHistogram = createHistogram();
  private readonly counts: (() => number)[] = [];
  private delays: ReturnType<typeof monitorEventLoopDelay> | undefined;
  private cpu = process.cpuUsage();
  private sinceMs = performance.now();
  private counted = 0;

  /** From now on timers are watched; what they cost is too little to be measured. */
  start(): void {
    this.delays ??= monitorEventLoopDelay({ resolution: 20 });
    this.delays.enable();
  }

  stop(): void {
    this.delays?.disable();
  }

  noteRequest(durationMs: number): void {
    this.durations.record(Math.max(1, Math.round(durationMs * MICROSECONDS)));
  }

  /** `count` answers how many requests were answered so far that are not noted one by one. */
  addRequests(count: () => number): void {
    this.counts.push(count);
  }

  snapshot(): LoadSnapshot {
    const nowMs = performance.now();
    const elapsedMs = Math.max(1, nowMs - this.sinceMs);
    const { user, system } = process.cpuUsage(this.cpu);
    const total = this.counts.reduce((sum, count) => sum + count(), 0);
    const requests = this.durations.count + total - this.counted;
    const snapshot = {
      cpuPercent: ((user + system) / MICROSECONDS / elapsedMs) * 100,
      eventLoopDelayMs: (this.delays?.percentile(99) ?? 0) / NANOSECONDS,
      requestsPerSecond: (requests / elapsedMs) * 1_000,
      p99Ms: this.durations.count === 0 ? 0 : this.durations.percentile(99) / MICROSECONDS,
    };
    this.cpu = process.cpuUsage();
    this.sinceMs = nowMs;
    this.counted = total;
    this.delays?.reset();
    this.durations.reset();
    return snapshot;
  }
}
