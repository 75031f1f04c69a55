import { createHash } from 'node:crypto';
import type { Clock } from '#libs/kernel';
import type { Logger, Metrics, RegisteredMetrics } from '#libs/observability';
import { databaseMetrics } from '../database.metrics.js';

export type StatementKind = 'read' | 'write';

/** Told of every statement that the database has answered, and of how long that took, waiting for its turn not included. */
export type OnStatement = (kind: StatementKind, text: string, ms: number) => void;

export interface SlowStatementsOptions {
  /** What takes as long is logged; 0 means nothing is. */
  readonly slowMs: number;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly logger: Pick<Logger, 'warn'>;
  readonly metrics: Metrics;
}

const WINDOW_MS = 60_000;
/** In a window, and each statement once: a database in trouble must not fill the log. */
const MAX_LINES = 20;
const MAX_TEXT_LENGTH = 2_000;

/**
 * Measures statements, and logs those that are slow: their text, in which values are placeholders, and a hash that
 * is the same whatever the values are and however many a list has. Values are never logged.
 */
export class SlowStatements {
  private readonly metrics: RegisteredMetrics<typeof databaseMetrics>;
  private readonly told = new Set<string>();
  private windowEndsAt = -Infinity;
  private unlogged = 0;

  constructor(private readonly options: SlowStatementsOptions) {
    this.metrics = options.metrics.register(databaseMetrics);
    for (const kind of ['read', 'write']) this.metrics.slowStatements.inc({ kind }, 0);
  }

  readonly note: OnStatement = (kind, text, ms) => {
    this.metrics.statementSeconds.observe({ kind }, ms / 1_000);
    const { slowMs } = this.options;
    if (slowMs === 0 || ms < slowMs) return;
    this.metrics.slowStatements.inc({ kind });
    this.log(kind, generalised(text), ms);
  };

  private log(kind: StatementKind, statement: string, ms: number): void {
    const now = this.options.clock.monotonicMs();
    if (now >= this.windowEndsAt) {
      this.windowEndsAt = now + WINDOW_MS;
      this.told.clear();
    }
    const hash = createHash('sha256').update(statement).digest('hex').slice(0, 12);
    if (this.told.has(hash) || this.told.size >= MAX_LINES) {
      this.unlogged += 1;
      return;
    }
    this.told.add(hash);
    const { unlogged } = this;
    this.unlogged = 0;
    this.options.logger.warn(
      {
        kind,
        hash,
        durationMs: Math.round(ms),
        statement: statement.slice(0, MAX_TEXT_LENGTH),
        // Slow ones since the line before, which said the same or were too many.
        ...(unlogged > 0 && { unlogged }),
      },
      'a slow statement',
    );
  }
}

/** The statement whatever its values and however many there are: `?` for each, one for a list, one space for white space. */
function generalised(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/@\d+\b|\$\d+\b/g, '?')
    .replaceAll(/\?(?: ?, ?\?)+/g, '?, ...')
    .replaceAll(/\(\?, \.\.\.\)(?: ?, ?\(\?, \.\.\.\))+/g, '(?, ...), ...');
}
