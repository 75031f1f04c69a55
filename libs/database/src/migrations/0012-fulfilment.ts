import { randomBytes, randomUUID } from 'node:crypto';
import type { QueryRunner } from 'typeorm';
import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** What of a line has gone which way. */
const COUNTED = ['shipped_quantity', 'cancelled_quantity', 'returned_quantity'] as const;

/** Mails; what becomes of an order after it was placed. */
export class Fulfilment1730000000012 extends PortableMigration {
  readonly name = 'Fulfilment1730000000012';

  protected readonly tables = ['mail', 'order_link_key', 'shipment', 'shipment_line', 'order_note'];

  protected statements(t: ColumnTypes): readonly string[] {
    const linkKey = randomBytes(32).toString('hex');
    return [
      `CREATE TABLE mail (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        dedupe_key ${t.key(200)} NOT NULL,
        kind ${t.key(60)} NOT NULL,
        recipient ${t.text(320)} NOT NULL,
        language ${t.key(20)} NOT NULL,
        subject ${t.text(300)} NOT NULL,
        html ${t.longText},
        plain_text ${t.longText},
        is_confidential ${t.flag} NOT NULL,
        state ${t.key(20)} NOT NULL,
        send_round ${t.integer} NOT NULL,
        attempts ${t.integer} NOT NULL,
        last_error ${t.text(200)},
        version ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        sent_at ${t.integer}
      )`,
      `CREATE UNIQUE INDEX ux_mail_dedupe ON mail (dedupe_key)`,
      `CREATE INDEX ix_mail_store ON mail (store_id, created_at, id)`,
      `CREATE INDEX ix_mail_state ON mail (store_id, state, created_at, id)`,
      `CREATE INDEX ix_mail_recipient ON mail (store_id, recipient, created_at, id)`,
      `CREATE INDEX ix_mail_created ON mail (created_at, id)`,

      `CREATE TABLE order_link_key (
        id ${t.id} NOT NULL PRIMARY KEY,
        signing_key ${t.key(64)} NOT NULL,
        created_at ${t.integer} NOT NULL
      )`,
      `INSERT INTO order_link_key (id, signing_key, created_at)
       VALUES ('${randomUUID()}', '${linkKey}', ${Date.now()})`,

      ...COUNTED.map(
        (column) =>
          `ALTER TABLE sales_order_line ADD ${column} ${t.integer} CONSTRAINT df_sales_order_line_${column} DEFAULT 0 NOT NULL`,
      ),
      `CREATE INDEX ix_sales_order_line_sku ON sales_order_line (sku, order_id)`,
      `CREATE INDEX ix_sales_order_payment
        ON sales_order (store_id, payment_state, placed_at, id)`,

      `CREATE TABLE shipment (
        id ${t.id} NOT NULL PRIMARY KEY,
        order_id ${t.id} NOT NULL,
        sequence ${t.integer} NOT NULL,
        carrier ${t.text(100)},
        tracking_number ${t.text(100)},
        tracking_url ${t.text(500)},
        created_at ${t.integer} NOT NULL,
        CONSTRAINT fk_shipment_order FOREIGN KEY (order_id) REFERENCES sales_order (id)
      )`,
      `CREATE UNIQUE INDEX ux_shipment_sequence ON shipment (order_id, sequence)`,
      `CREATE TABLE shipment_line (
        shipment_id ${t.id} NOT NULL,
        line_number ${t.integer} NOT NULL,
        quantity ${t.integer} NOT NULL,
        CONSTRAINT pk_shipment_line PRIMARY KEY (shipment_id, line_number),
        CONSTRAINT fk_shipment_line_shipment FOREIGN KEY (shipment_id) REFERENCES shipment (id)
      )`,

      `CREATE TABLE order_note (
        id ${t.id} NOT NULL PRIMARY KEY,
        order_id ${t.id} NOT NULL,
        author ${t.text(200)},
        note ${t.text(2000)} NOT NULL,
        created_at ${t.integer} NOT NULL,
        CONSTRAINT fk_order_note_order FOREIGN KEY (order_id) REFERENCES sales_order (id)
      )`,
      `CREATE INDEX ix_order_note_order ON order_note (order_id, created_at, id)`,

      `CREATE TABLE order_return (
        id ${t.id} NOT NULL PRIMARY KEY,
        order_id ${t.id} NOT NULL,
        state ${t.key(20)} NOT NULL,
        requested_by ${t.text(200)},
        reason ${t.text(500)},
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL,
        CONSTRAINT fk_order_return_order FOREIGN KEY (order_id) REFERENCES sales_order (id)
      )`,
      `CREATE INDEX ix_order_return_order ON order_return (order_id, created_at, id)`,
      `CREATE TABLE order_return_line (
        return_id ${t.id} NOT NULL,
        line_number ${t.integer} NOT NULL,
        quantity ${t.integer} NOT NULL,
        received_quantity ${t.integer} NOT NULL,
        restocked_quantity ${t.integer} NOT NULL,
        CONSTRAINT pk_order_return_line PRIMARY KEY (return_id, line_number),
        CONSTRAINT fk_order_return_line_return FOREIGN KEY (return_id) REFERENCES order_return (id)
      )`,
    ];
  }

  /** Orders that are there are in one of three states: nothing of them has gone, or everything. */
  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    for (const [column, state] of [
      ['shipped_quantity', 'shipped'],
      ['cancelled_quantity', 'cancelled'],
    ] as const) {
      await runner.query(`
        UPDATE sales_order_line
        SET ${column} = quantity
        WHERE order_id IN (SELECT id FROM sales_order WHERE state = '${state}')`);
    }
  }

  override async down(runner: QueryRunner): Promise<void> {
    await super.down(runner);
    const isMssql = runner.dataSource.options.type === 'mssql';
    const on = (table: string): string => (isMssql ? ` ON ${table}` : '');
    await runner.query(`DROP INDEX ix_sales_order_payment${on('sales_order')}`);
    await runner.query(`DROP INDEX ix_sales_order_line_sku${on('sales_order_line')}`);
    for (const column of COUNTED) {
      if (isMssql) {
        await runner.query(
          `ALTER TABLE sales_order_line DROP CONSTRAINT df_sales_order_line_${column}`,
        );
      }
      await runner.query(`ALTER TABLE sales_order_line DROP COLUMN ${column}`);
    }
  }
}
