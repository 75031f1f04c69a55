import type { Clock } from '#libs/kernel';
import type { Scheduler } from '../../../libs/cache/src/core/time/scheduler.js';
import type { Agenda, Lane } from '../engine/agenda.js';

/** The clock of one machine: its monotonic time has nothing to do with that of another. */
export class LaneClock implements Clock {
  constructor(
    private readonly agenda: Agenda,
    private readonly originMs: number,
  ) {}

  monotonicMs(): number {
    return this.originMs + this.agenda.nowMs;
  }

  wallMs(): number {
    return this.agenda.nowMs;
  }
}

/** The timers of one process. */
export class LaneScheduler implements Scheduler {
  constructor(
    private readonly agenda: Agenda,
    private readonly lane: Lane,
  ) {}

  after(ms: number, task: () => void): () => void {
    return this.agenda.after(ms, { kind: 'timer', lane: this.lane, label: 'timer', run: task });
  }

  afterTurn(task: () => void): void {
    this.lane.afterTurn(task);
  }
}
