import type { Agenda, Happening } from '../../engine/agenda.js';

/**
 * Time stands still, and jumps only when it is told to. A jump is a stall of everything: no timer fires
 * in it, because time in which a process could not run counts against no timeout. What a timer of the
 * cache would begin (a follow) is an event of its own here.
 */
export class StillAgenda implements Agenda {
  nowMs = 0;
  /** Told by what moves the process on. */
  step = 0;
  readonly lines: string[] = [];
  private due: Happening[] = [];

  after(ms: number, happening: Happening): () => void {
    if (ms > 0) return () => undefined;
    this.due.push(happening);
    return () => {
      this.due = this.due.filter((other) => other !== happening);
    };
  }

  note(text: string): void {
    this.lines.push(text);
  }

  runDue(): void {
    for (const { run } of this.due.splice(0)) run();
  }
}
