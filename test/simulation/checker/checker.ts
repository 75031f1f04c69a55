import { LockstepError } from '#libs/kernel';
import { cacheErrors } from '../../../libs/cache/src/cache.errors.js';
import type { Agenda } from '../engine/agenda.js';
import type { Settings } from '../world/settings.js';
import type { RowName } from '../world/settings.js';
import type { Answer, Part } from '../world/simulated-readers.js';
import { LoadWatch } from './load-watch.js';
import { OrderChecker } from './order-checker.js';
import type { ReplicaView } from './replica-view.js';
import type { Rule, Violation } from './violation.js';

/** Somebody who asks: what was known on the replica at that moment decides what may be answered. */
export interface Arrival {
  readonly view: ReplicaView;
  readonly atMs: number;
  readonly step: number;
  readonly row: RowName;
  readonly floors: Readonly<Record<RowName, number>>;
  /** The caller's own writes; they must be visible when the position was reached. */
  readonly ownWrites: readonly OwnWrite[];
  readonly label: string;
}

export interface OwnWrite {
  readonly position: number;
  readonly rows: readonly RowName[];
}

/** How long after trouble with the database answers may still be marked stale, or fail. */
const TROUBLE_MEMORY_MS = 2_000;
const OVERTAKEN = cacheErrors.answerOvertaken().code;
/** That many must have come between the parts of an answer before it is refused. */
const LEAST_CHANGES = 6;

/**
 * Looks at every answer. A part of an answer is a row as some load saw it at some step; all rules
 * compare that step with what happened afterwards in the database the replica reads.
 */
export class Checker {
  readonly violations: Violation[] = [];
  readonly loads: LoadWatch;
  readonly orders: OrderChecker;
  answers = 0;
  staleAnswers = 0;

  constructor(
    private readonly agenda: Agenda,
    private readonly settings: Settings,
    isQueueing = false,
  ) {
    this.orders = new OrderChecker((rule, detail) => this.report(rule, detail));
    this.loads = new LoadWatch((rule, detail) => this.report(rule, detail), isQueueing);
  }

  report(rule: Rule, detail: string): void {
    this.violations.push({ rule, detail });
    this.agenda.note(`VIOLATION ${rule}: ${detail}`);
  }

  arrive(view: ReplicaView, row: RowName, ownWrites: readonly OwnWrite[], label: string): Arrival {
    const { nowMs: atMs, step } = this.agenda;
    return { view, row, ownWrites, label, atMs, step, floors: { ...view.floors } };
  }

  answered(arrival: Arrival, answer: Answer | undefined, isMarkedStale: boolean): void {
    this.answers += 1;
    if (isMarkedStale) {
      this.staleAnswers += 1;
      this.checkDegraded(arrival);
    }
    for (const part of answer?.parts ?? []) this.checkPart(arrival, part, isMarkedStale);
    if (answer === undefined) this.checkAbsence(arrival, isMarkedStale);
    if (answer?.isFromStale === true && !isMarkedStale) {
      this.report(
        'C2 degraded serving',
        `${arrival.label} hides that it was built from stale parts`,
      );
    }
  }

  /** C10: of what was changed together it shows all or nothing. */
  answeredWhole(
    { view, label }: Arrival,
    answer: Answer | undefined,
    isMarkedStale: boolean,
  ): void {
    if (isMarkedStale || answer === undefined) return;
    const { parts, missing = [] } = answer;
    for (const { step, rows } of view.state.changes) {
      const concerned = parts.filter(({ row }) => rows.includes(row));
      const newer = concerned.filter((part) => part.step >= step);
      if (newer.length === 0 || newer.length === concerned.length) continue;
      const texts = concerned.map((part) => `${part.row}@${part.revision}/${part.step}`);
      this.report('C10 whole changes', `${label} shows part of step ${step}: ${texts.join(' ')}`);
    }
    for (const row of missing) {
      this.report('C10 whole changes', `${label} lists ${row} and has nothing of it`);
    }
  }

  /** A read may fail only because the database was in trouble while it waited. */
  failed(arrival: Arrival, error: unknown): void {
    if (this.hadTrouble(arrival) || this.wasOvertaken(arrival, error)) return;
    const text = error instanceof Error ? error.message : String(error);
    this.report('availability', `${arrival.label} failed without need: ${text}`);
  }

  private checkPart(arrival: Arrival, part: Part, isMarkedStale: boolean): void {
    const { view, label } = arrival;
    const what = `${label} got ${part.row}@${part.revision} read at step ${part.step}`;
    // C3: asked after an invalidation was applied or announced here, so read after it.
    const floor = arrival.floors[part.row];
    if (part.step <= floor) {
      this.report('C3 no stale fill', `${what}, invalidated here at step ${floor}`);
    }
    // C5: the caller's own writes are in the state that was read.
    for (const own of arrival.ownWrites) {
      if (!own.rows.includes(part.row)) continue;
      const written = view.state.stepOf(own.position);
      // A restore takes it away; a copy must have it when the position was reached.
      const isMissing = written === undefined ? view.isOnCopy : part.step < written;
      if (isMissing) {
        this.report('C5 read your writes', `${what}, own write ${own.position} is missing`);
      }
    }
    // C2: nothing that was replaced more than a lease before it was asked for.
    const replaced = view.state.history.firstChangeAfter(part.row, part.step);
    if (replaced === undefined) return;
    const ageMs = arrival.atMs - replaced.atMs;
    const boundMs = isMarkedStale ? this.settings.maxStaleMs : this.settings.leaseMs;
    if (ageMs >= boundMs) {
      const rule = isMarkedStale ? 'C2 degraded serving' : 'C2 bounded staleness';
      this.report(rule, `${what}, replaced ${ageMs} ms before it was asked for`);
    }
  }

  /** That something does not exist is an answer like any other, of the last time it did not. */
  private checkAbsence(arrival: Arrival, isMarkedStale: boolean): void {
    const { view, row } = arrival;
    const step = view.state.history.lastOf(row, undefined, this.agenda.step);
    if (step === undefined) {
      this.report(
        'C2 bounded staleness',
        `${arrival.label} got nothing, and the row always existed`,
      );
    } else this.checkPart(arrival, { row, revision: -1, step }, isMarkedStale);
  }

  private checkDegraded(arrival: Arrival): void {
    if (this.hadTrouble(arrival)) return;
    this.report('C2 degraded serving', `${arrival.label} is stale although the database answers`);
  }

  /** It was made again as often as it may be, and each time something was changed meanwhile. */
  private wasOvertaken({ view, step }: Arrival, error: unknown): boolean {
    if (!(error instanceof LockstepError) || error.code !== OVERTAKEN) return false;
    return view.state.changes.filter((change) => change.step > step).length >= LEAST_CHANGES;
  }

  private hadTrouble({ view, atMs }: Arrival): boolean {
    return view.weather.lastTroubleAtMs >= atMs - TROUBLE_MEMORY_MS;
  }
}
