import type { Clock } from '#libs/kernel';

/**
 * A clock that moves only when told. Both readings advance together; `jumpWall` moves the wall clock alone, as a correction by NTP
 * does, so that code which must use the monotonic reading can be caught using the other.
 */
export class ManualClock implements Clock {
  private monotonic: number;
  private wall: number;

  constructor(start: { readonly monotonicMs?: number; readonly wallMs?: number } = {}) {
    this.monotonic = start.monotonicMs ?? 1_000;
    this.wall = start.wallMs ?? Date.UTC(2026, 0, 1);
  }

  monotonicMs(): number {
    return this.monotonic;
  }

  wallMs(): number {
    return this.wall;
  }

  advance(ms: number): void {
    if (ms < 0) throw new RangeError('time does not run backwards; use jumpWall');
    this.monotonic += ms;
    this.wall += ms;
  }

  jumpWall(ms: number): void {
    this.wall += ms;
  }
}
