import { UseTable } from './use-table.js';

/** Hits from one that is noted to the next, on average. */
const MEAN_STEP = 64;
/** For values whose keys are noted nowhere; small enough to stay a small integer for V8. */
const NEVER = 2 ** 30 - 1;

/**
 * Notes which keys of a reader are used. Of the hits only one in about 64 is noted, for all since the
 * one before; the steps are random, so that no pattern of reading is always, or never, met.
 */
export class UseNotes {
  /** undefined: nothing is noted. */
  readonly table: UseTable | undefined;
  private step: number;

  constructor(
    isNoting: boolean,
    private readonly random: () => number,
  ) {
    this.table = isNoting ? new UseTable() : undefined;
    this.step = this.nextStep();
  }

  /** Hits until the first one that is to be noted. */
  get firstStep(): number {
    return this.step;
  }

  /** The hit that was due. Answers after how many hits the next one is. */
  noteHits(text: string): number {
    this.table?.add(text, this.step);
    this.step = this.nextStep();
    return this.step;
  }

  noteMiss(text: string): void {
    this.table?.add(text, 1);
  }

  private nextStep(): number {
    return this.table === undefined ? NEVER : 1 + Math.floor(this.random() * (2 * MEAN_STEP - 1));
  }
}
