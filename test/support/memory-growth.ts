/** One look at a replica, right after a full collection of its garbage. */
export interface MemorySample {
  /** Since the first look. */
  readonly minutes: number;
  /** MiB that JavaScript holds: the heap in use and what it has outside of it. */
  readonly heldMib: number;
  /** MiB of the process (RSS): native memory is in it, and what an allocator keeps of what was given back. */
  readonly residentMib: number;
}

export interface MemoryGrowth {
  readonly heldMib: number;
  readonly heldMibPerMinute: number;
  readonly residentMib: number;
  readonly residentMibPerMinute: number;
}

/** Until then code is compiled, connections are opened and caches fill. */
const WARM_UP_SHARE = 1 / 3;
const DIGITS = 100;
/** MiB. Compiled code still adds a tenth of it; a replica that leaks as much is full after a day. */
const MAX_PER_MINUTE = 0.5;

/**
 * The last look, and what memory rose by each minute (least squares) after the first third of the time. A leak of any kind that
 * goes on for the rest of it shows as its rate; what once rose and then stays does not.
 */
export function memoryGrowth(samples: readonly MemorySample[]): MemoryGrowth {
  const last = samples.at(-1);
  if (last === undefined) throw new Error('memory was never looked at');
  const warm = samples.filter(({ minutes }) => minutes >= last.minutes * WARM_UP_SHARE);
  return {
    heldMib: Math.round(last.heldMib),
    heldMibPerMinute: slope(warm, (sample) => sample.heldMib),
    residentMib: Math.round(last.residentMib),
    residentMibPerMinute: slope(warm, (sample) => sample.residentMib),
  };
}

/** Whether memory rises by more than a replica that runs for weeks can bear. */
export function isLeaking({ heldMibPerMinute, residentMibPerMinute }: MemoryGrowth): boolean {
  return heldMibPerMinute > MAX_PER_MINUTE || residentMibPerMinute > MAX_PER_MINUTE;
}

function slope(
  samples: readonly MemorySample[],
  valueOf: (sample: MemorySample) => number,
): number {
  if (samples.length < 3) throw new Error(`${samples.length} looks show no growth of memory`);
  const middle = mean(samples.map(({ minutes }) => minutes));
  const level = mean(samples.map(valueOf));
  let together = 0;
  let apart = 0;
  for (const sample of samples) {
    const distance = sample.minutes - middle;
    together += distance * (valueOf(sample) - level);
    apart += distance ** 2;
  }
  return Math.round((together / apart) * DIGITS) / DIGITS;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
