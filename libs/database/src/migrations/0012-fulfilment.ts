import { randomBytes, randomUUID } from 'node:crypto';
import type { ColumnTypes } from '../column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Mails; what becomes of an order after it was placed. */
export class Fulfilment1730000000012 extends PortableMigration {
  readonly name = 'Fulfilment1730000000012';

  protected readonly tables = ['mail', 'order_link_key'];

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
    ];
  }
}
