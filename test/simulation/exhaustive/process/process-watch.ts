import { LoadWatch } from '../../checker/load-watch.js';
import type { Rule, Violation } from '../../checker/violation.js';
import { ROWS, rowOfTag, type RowName } from '../../world/settings.js';
import { COPY, isUnknownVersion, openMessage } from '../../world/seals.js';
import type { Answer, Part } from '../../world/simulated-readers.js';
import type { Sight } from './open-requests.js';
import type { Token } from './process-input.js';

type PerRow = Readonly<Record<RowName, number>>;

/** Somebody who asks, and what was known on the replica at that moment. */
export interface Arrival {
  readonly label: string;
  readonly atMs: number;
  readonly token: Token | undefined;
  /** What was read before must not be in his answer. */
  readonly floors: PerRow;
  /** What the last follow saw, that was over by then. */
  readonly followed: PerRow;
}

/** What the database has to say about an answer is checked by whoever knows the database. */
export interface GivenAnswer {
  readonly label: string;
  readonly askedAtMs: number;
  readonly parts: readonly Part[];
  readonly isStale: boolean;
}

/**
 * The checker's eye inside one process: C3, C4, C5, C8 and the part of C2 that a process can know. Its
 * order numbers count what matters here (arrivals and queries), so they are local like everything else.
 */
export class ProcessWatch {
  readonly loads = new LoadWatch((rule, detail) => this.report(rule, detail), false);
  answers: GivenAnswer[] = [];
  violations: Violation[] = [];
  /** Asked and not answered yet. */
  waiting = 0;
  /** A follow has failed. */
  hadTrouble = false;
  private order = 0;
  private readonly floors: Record<RowName, number> = { p0: 0, p1: 0, p2: 0 };
  private readonly followed: Record<RowName, number> = { p0: 0, p1: 0, p2: 0 };
  private readonly arrivedPositions = new Set<number>();
  private readonly unannounced = new Set<number>();

  constructor(private readonly process: string) {}

  /** The moment of a query: what arrived until now may count on being seen by it. */
  nextOrder(): number {
    this.order += 1;
    return this.order;
  }

  report(rule: Rule, detail: string): void {
    this.violations.push({ rule, detail: `${this.process}: ${detail}` });
  }

  learned(position: number, tags: readonly string[]): void {
    this.unannounced.add(position);
    this.invalidationArrived(position, tags);
  }

  heard(text: string): void {
    const message = openMessage(text);
    if (message === undefined) {
      if (isUnknownVersion(text)) for (const row of ROWS) this.floors[row] = this.nextOrder();
      return;
    }
    if (message.origin === COPY) return;
    for (const { position, tags } of message.invalidations)
      this.invalidationArrived(position, tags);
  }

  followEnded({ excerpt, revisions }: Extract<Sight, { kind: 'log' }>): void {
    for (const { position, tags } of excerpt.records) this.invalidationArrived(position, tags);
    for (const row of ROWS) this.followed[row] = Math.max(this.followed[row], revisions[row]);
  }

  followFailed(): void {
    this.hadTrouble = true;
  }

  /** C8: a process announces what it committed itself, once, and nothing else. */
  published(text: string): void {
    for (const { position } of openMessage(text)?.invalidations ?? []) {
      if (this.unannounced.delete(position)) continue;
      this.report('C8 only changes travel', `announces ${position} unasked`);
    }
  }

  arrive(label: string, atMs: number, token: Token | undefined): Arrival {
    return {
      label,
      atMs,
      token,
      floors: { ...this.floors },
      followed: { ...this.followed },
    };
  }

  answered(arrival: Arrival, answer: Answer | undefined, isStale: boolean): void {
    const { label, atMs, token, floors, followed } = arrival;
    const parts = answer?.parts ?? [];
    this.answers.push({ label, askedAtMs: atMs, parts, isStale });
    if (answer === undefined) this.report('C2 bounded staleness', `${label} got nothing`);
    if (answer?.isFromStale === true && !isStale) {
      this.report('C2 degraded serving', `${label} hides that it was built from stale parts`);
    }
    if (isStale && !this.hadTrouble) {
      this.report('C2 degraded serving', `${label} is stale although the database answers`);
    }
    for (const part of parts) {
      this.checkFloor(`${label} got`, part, floors);
      if (part.revision < (token?.revisions[part.row] ?? 0)) {
        const what = `${label} after position ${token?.position} got ${part.row}@${part.revision}`;
        this.report('C5 read your writes', what);
      }
      // Less than C2 asks for (that follow was within the lease) only where the lease has run out.
      if (!isStale && part.revision < followed[part.row]) {
        const seen = `a follow had seen ${part.row}@${followed[part.row]} before`;
        this.report('C2 bounded staleness', `${label} got ${part.row}@${part.revision}, ${seen}`);
      }
    }
  }

  failed(label: string, error: unknown): void {
    if (this.hadTrouble) return;
    const text = error instanceof Error ? error.message : String(error);
    this.report('availability', `${label} failed without need: ${text}`);
  }

  /** C3: what is held was read after every invalidation that has arrived. */
  checkHeld(key: string, held: Answer | undefined): void {
    for (const part of held?.parts ?? []) this.checkFloor(`holds ${key} with`, part, this.floors);
  }

  /** What of this decides about later answers while nothing is under way; see `restingText`. */
  get restingText(): string {
    const known = (positions: Set<number>): string =>
      [...positions].sort((one, other) => one - other).join(' ');
    const { followed, arrivedPositions, unannounced, hadTrouble, waiting } = this;
    return [
      JSON.stringify(followed),
      known(arrivedPositions),
      known(unannounced),
      hadTrouble,
      waiting,
    ].join(';');
  }

  private invalidationArrived(position: number, tags: readonly string[]): void {
    if (this.arrivedPositions.has(position)) return;
    this.arrivedPositions.add(position);
    for (const row of tags.map(rowOfTag))
      if (row !== undefined) this.floors[row] = this.nextOrder();
  }

  private checkFloor(what: string, { row, revision, step }: Part, floors: PerRow): void {
    if (step > floors[row]) return;
    const order = `read at ${step}, invalidated here at ${floors[row]}`;
    this.report('C3 no stale fill', `${what} ${row}@${revision}, ${order}`);
  }
}
