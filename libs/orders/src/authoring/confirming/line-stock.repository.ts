import { Injectable } from '@nestjs/common';
import { sql, type Transaction } from '#libs/database';
import type { TakenPart } from '../../model/fulfilment/line-pieces.js';

/** What became of a line once its stock was asked for. */
export interface SettledLine {
  readonly line: number;
  /** `delayed`: there was too little; `always`: nothing is counted of it. */
  readonly stock: 'taken' | 'always' | 'delayed';
  readonly takenFrom: readonly TakenPart[];
}

/** Which lines have their stock. The id must come from an order that was read by this unit of work, under its lock. */
@Injectable()
export class LineStockRepository {
  async settle(tx: Transaction, orderId: string, lines: readonly SettledLine[]): Promise<void> {
    if (lines.length === 0) return;
    const flags = (stock: SettledLine['stock']) =>
      sql`CASE line_number ${sql.join(
        lines.map((each) => sql`WHEN ${each.line} THEN ${Number(each.stock === stock)}`),
        ' ',
      )} END`;
    const taken = lines.filter(({ stock }) => stock === 'taken');
    const places = taken.map(
      ({ line, takenFrom }) => sql`WHEN ${line} THEN ${JSON.stringify(takenFrom)}`,
    );
    const takenFrom =
      places.length === 0 ? sql`NULL` : sql`CASE line_number ${sql.join(places, ' ')} END`;
    await tx.execute(sql`
      UPDATE sales_order_line
      SET is_stock_taken = ${flags('taken')}, is_delayed = ${flags('delayed')},
        taken_from_json = ${takenFrom}
      WHERE order_id = ${orderId} AND line_number IN ${sql.in(lines.map(({ line }) => line))}`);
  }
}
