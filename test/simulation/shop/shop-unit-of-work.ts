import type { JsonValue } from '#libs/kernel';
import type { Transaction } from '#libs/database';
import { IdempotentUnitOfWork, type IdempotentRequest } from '#libs/database';
import type { PlacedOrder } from '../../../libs/orders/src/storefront/order-placing.js';
import type { Agenda } from '../engine/agenda.js';
import type { SqlAccess } from '../world/sql-access.js';
import type { SqlServer } from '../world/sql-server.js';
import { ShopTransaction, type WrittenOrder } from './shop-transaction.js';
import type { ShopWrites } from './shop-tables.js';

export interface ShopDatabase {
  readonly agenda: Agenda;
  readonly sql: SqlServer;
  readonly access: SqlAccess;
  /** After that the database ends a transaction that nobody has ended. */
  readonly maxTransactionMs: number;
  readonly onPlaced: (written: WrittenOrder) => void;
}

/** Units of work with a key, in the simulated database. */
export class ShopUnitOfWork extends IdempotentUnitOfWork {
  constructor(private readonly database: ShopDatabase) {
    super(undefined as never, undefined as never);
  }

  override async findAnswer<Answer extends JsonValue>(
    _queries: unknown,
    request: IdempotentRequest,
  ): Promise<Answer | undefined> {
    const { access, sql } = this.database;
    const answer = await access.query('kept answer', () => sql.shop.answers.get(nameOf(request)));
    return answer as Answer | undefined;
  }

  override async run<Answer extends JsonValue>(
    request: IdempotentRequest,
    work: (tx: Transaction) => Promise<Answer>,
  ): Promise<Answer> {
    const { access, sql } = this.database;
    const writes = await access.query('begins an order', () => this.begin());
    const transaction = new ShopTransaction(sql, access, writes);
    try {
      const earlier = await transaction.statement('kept answer', () =>
        sql.shop.answers.get(nameOf(request)),
      );
      const answer = earlier === undefined ? await work(transaction.asTransaction) : earlier;
      writes.answers.set(nameOf(request), answer as PlacedOrder);
      await transaction.statement('order commits', () => this.commit(transaction));
      return answer as Answer;
    } catch (error) {
      this.endLater(writes, 1);
      throw error;
    }
  }

  private begin(): ShopWrites {
    const { sql, maxTransactionMs } = this.database;
    const writes = sql.shop.begin();
    this.endLater(writes, maxTransactionMs);
    return writes;
  }

  private commit({ writes, orders }: ShopTransaction): void {
    const { sql, onPlaced } = this.database;
    for (const written of orders) onPlaced(written);
    sql.shop.commit(writes);
  }

  private endLater(writes: ShopWrites, afterMs: number): void {
    const { agenda, sql } = this.database;
    agenda.after(afterMs, {
      kind: 'io',
      sql: 'write',
      label: 'an order that was not finished ends',
      run: () => sql.shop.end(writes),
    });
  }
}

function nameOf({ scope, key }: IdempotentRequest): string {
  return `${scope} ${key}`;
}
