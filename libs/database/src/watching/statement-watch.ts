import type {
  AfterQueryEvent,
  BeforeQueryEvent,
  EntitySubscriberInterface,
  QueryRunner,
} from 'typeorm';
import { currentTrace, systemClock } from '#libs/kernel';
import type { Dialect } from '../sql/dialect.js';
import type { OnStatement } from './slow-statements.js';
import { statementStep } from './traced-statement.js';

/** Called before every statement of a runner; throws to refuse it. */
type Admission = () => void;

interface Watched {
  readonly admit: Admission;
  spentMs: number;
  sentAt: number | undefined;
}

/**
 * Sees every statement of the runners it watches, those that TypeORM composes as well: refuses what
 * must not be sent, adds up how long the database took, tells it, and shows them in the trace under way.
 */
export class StatementWatch implements EntitySubscriberInterface {
  private readonly watched = new WeakMap<QueryRunner, Watched>();

  constructor(
    private readonly dialect: Dialect,
    private readonly onStatement: OnStatement,
  ) {}

  watch(runner: QueryRunner, admit: Admission): void {
    this.watched.set(runner, { admit, spentMs: 0, sentAt: undefined });
  }

  /** The runner is used for something else now. */
  forget(runner: QueryRunner): void {
    this.watched.delete(runner);
  }

  /** Milliseconds, one statement under way included. */
  spentMs(runner: QueryRunner): number {
    const found = this.watched.get(runner);
    if (found === undefined) return 0;
    return found.spentMs + sinceMs(found.sentAt);
  }

  beforeQuery({ queryRunner }: BeforeQueryEvent): void {
    const found = this.watched.get(queryRunner);
    if (found === undefined) return;
    found.admit();
    found.sentAt = systemClock.monotonicMs();
  }

  afterQuery({ queryRunner, query }: AfterQueryEvent): void {
    const found = this.watched.get(queryRunner);
    if (found === undefined) return;
    const tookMs = sinceMs(found.sentAt);
    found.spentMs += tookMs;
    found.sentAt = undefined;
    this.onStatement('write', query, tookMs);
    const trace = currentTrace();
    if (trace?.isRecorded === true) {
      trace.noteStep(statementStep('write', query, this.dialect), tookMs);
    }
  }
}

function sinceMs(startedAt: number | undefined): number {
  return startedAt === undefined ? 0 : systemClock.monotonicMs() - startedAt;
}
