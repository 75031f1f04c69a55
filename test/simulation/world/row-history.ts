import { ROWS, type RowName } from './settings.js';

/** What one row held from one moment on; `revision` is undefined while the row does not exist. */
export interface RowState {
  readonly revision: number | undefined;
  readonly step: number;
  readonly atMs: number;
}

/** All that the rows of one database ever held: what the checker compares every answer with. */
export class RowHistory {
  private readonly states: Record<RowName, RowState[]>;

  constructor() {
    const initial = (): RowState[] => [{ revision: 0, step: 0, atMs: 0 }];
    this.states = { p0: initial(), p1: initial(), p2: initial() };
  }

  current(row: RowName): RowState {
    const state = this.states[row].at(-1);
    if (state === undefined) throw new Error(`no row ${row}`);
    return state;
  }

  record(row: RowName, state: RowState): void {
    this.states[row].push(state);
  }

  /** The first change after that step; undefined when what was read then is still current. */
  firstChangeAfter(row: RowName, step: number): RowState | undefined {
    return this.states[row].find((state) => state.step > step);
  }

  /** The last step, not after `upTo`, at which the row held that; without a revision, at which it did not exist. */
  lastOf(row: RowName, revision: number | undefined, upTo: number): number | undefined {
    const states = this.states[row];
    for (let index = states.length - 1; index >= 0; index -= 1) {
      const state = states[index];
      if (state === undefined || state.step > upTo || state.revision !== revision) continue;
      const next = states[index + 1];
      return next === undefined ? upTo : Math.min(upTo, next.step - 1);
    }
    return undefined;
  }

  snapshot(): Map<RowName, number | undefined> {
    return new Map(ROWS.map((row) => [row, this.current(row).revision]));
  }
}
