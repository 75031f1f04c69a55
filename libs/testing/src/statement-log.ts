import type { BeforeQueryEvent, DataSource, EntitySubscriberInterface } from 'typeorm';

/** Begins a unit of work, which on SQLite takes the write lock, or ends it. */
const CONTROL = /^\s*(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|DELETE FROM write_lock)\b/i;

/** Every statement that a data source sends, those that TypeORM composes as well. */
export class StatementLog implements EntitySubscriberInterface {
  private readonly sent: string[] = [];

  constructor(dataSource: DataSource) {
    dataSource.subscribers.push(this);
  }

  beforeQuery({ query }: BeforeQueryEvent): void {
    this.sent.push(query);
  }

  /** The statements since the last call, without those that begin and end units of work. */
  take(): string[] {
    return this.sent.splice(0).filter((statement) => !CONTROL.test(statement));
  }
}
