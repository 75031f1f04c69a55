import { Injectable } from '@nestjs/common';
import { delay, traced } from '#libs/kernel';
import { databaseErrors } from '../database.errors.js';
import { isTransient, isUnreachable, recommendedDelayMs, type Dialect } from '../sql/dialect.js';
import type { ReadOptions, ReadSource } from './read-source.js';
import type { RenderedSql, SqlStatement } from '../sql/sql.js';
import { statementStep } from '../watching/traced-statement.js';

const MAX_ATTEMPTS = 5;
const RETRY_MS = 20;

/**
 * Committed reads outside a unit of work: they never see, and never end up inside, a transaction under
 * way. On SQLite they run on worker threads, so that no query holds the event loop.
 *
 * In a site with its own copy of the database they read that copy, which lags behind what is written:
 * a class that cannot do with that takes a `PrimaryReader`.
 *
 * Throws `database.unavailable` when the database cannot be reached, `database.busy` when it does not
 * answer in time, and `database.copy-not-ready`.
 */
@Injectable()
export class SqlReader {
  constructor(
    private readonly source: ReadSource,
    readonly dialect: Dialect,
  ) {}

  /** As {@link ReadSource.file}. */
  get file(): string | undefined {
    return this.source.file;
  }

  /** With a signal the read ends for its caller, with the signal's reason, as soon as that fires. */
  query<Row extends object>(statement: SqlStatement, options: ReadOptions = {}): Promise<Row[]> {
    const rendered = statement.render(this.dialect);
    return traced(
      () => statementStep('read', rendered.text, this.dialect),
      () => this.read<Row>(rendered, options),
    );
  }

  private async read<Row extends object>(
    rendered: RenderedSql,
    options: ReadOptions,
  ): Promise<Row[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await this.source.read(rendered, options)) as Row[];
      } catch (error) {
        const overloadMs = recommendedDelayMs(error, attempt);
        if (overloadMs !== undefined) {
          // A reader does not wait that long, and asking again at once makes it worse.
          throw databaseErrors.unavailable({ cause: error, retryAfterSeconds: overloadMs / 1_000 });
        }
        if (attempt < MAX_ATTEMPTS && isTransient(this.dialect, error)) {
          await delay(Math.random() * RETRY_MS * attempt, options.signal);
          continue;
        }
        throw isUnreachable(error)
          ? databaseErrors.unavailable({ cause: error, retryAfterSeconds: 2 })
          : error;
      }
    }
  }
}
