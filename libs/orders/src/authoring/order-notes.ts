import { Injectable } from '@nestjs/common';
import { DatabaseClock, insertRows, type RowOf, sql, SqlReader, UnitOfWork } from '#libs/database';
import { currentContext, newId } from '#libs/kernel';
import type { OrderAddress } from './order-changes.js';
import { OrderDirectory } from './order.directory.js';
import type { OrderNoteEntity } from '../model/fulfilment/order-note.entity.js';

/** What somebody of the staff noted about an order. */
export interface OrderNote {
  readonly id: string;
  readonly author: string | null;
  readonly note: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

type NoteRow = RowOf<OrderNoteEntity, 'id' | 'author' | 'note' | 'created_at'>;

/** Shown at most; an order with more is a conversation that belongs elsewhere. */
const MAX_SHOWN = 200;

/** Notes of staff for each other; shoppers never see them. They are only ever added. */
@Injectable()
export class OrderNotes {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: SqlReader,
    private readonly clock: DatabaseClock,
    private readonly orders: OrderDirectory,
  ) {}

  /** Newest first, at most 200. Throws `catalog.store-not-found`, `orders.order-not-found`. */
  async list({ storeCode, id }: OrderAddress): Promise<OrderNote[]> {
    const order = await this.orders.get(storeCode, id);
    const rows = await this.database.query<NoteRow>(sql`
      SELECT id, author, note, created_at
      FROM order_note
      WHERE order_id = ${order.id}
      ORDER BY created_at DESC, id DESC
      ${sql.limit(MAX_SHOWN)}`);
    return rows.map(({ created_at: createdAt, ...note }) => ({ ...note, createdAt }));
  }

  /** Throws `catalog.store-not-found`, `orders.order-not-found`. */
  add({ storeCode, id }: OrderAddress, text: string): Promise<OrderNote> {
    return this.unitOfWork.run(async (tx) => {
      const order = await this.orders.getWithin(tx, storeCode, id);
      const note = {
        id: newId(),
        author: currentContext()?.actor?.name ?? null,
        note: text,
        createdAt: this.clock.wallMs(),
      };
      await insertRows(tx, 'order_note', [
        {
          id: note.id,
          order_id: order.id,
          author: note.author,
          note: text,
          created_at: note.createdAt,
        },
      ]);
      return note;
    });
  }
}
