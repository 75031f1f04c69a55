import type { QueryRunner } from 'typeorm';
import { columnTypes, type ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Who buys: customers with their sessions, addresses, wishes and credit; whose carts and orders are. */
export class Customers1730000000010 extends PortableMigration {
  readonly name = 'Customers1730000000010';

  protected readonly tables = [
    'customer_group',
    'customer',
    'customer_address',
    'customer_token',
    'shopper_session',
    'wish_list_item',
    'credit_account',
    'credit_entry',
  ];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE customer_group (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        code ${t.key(60)} NOT NULL,
        name ${t.text(200)} NOT NULL,
        version ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL,
        CONSTRAINT fk_customer_group_store FOREIGN KEY (store_id) REFERENCES store (id)
      )`,
      `CREATE UNIQUE INDEX ux_customer_group_code ON customer_group (store_id, code)`,

      `CREATE TABLE customer (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        store_code ${t.key(60)} NOT NULL,
        email ${t.key(254)} NOT NULL,
        name ${t.text(200)} NOT NULL,
        phone ${t.text(40)},
        locale ${t.key(20)} NOT NULL,
        password_hash ${t.key(255)} NOT NULL,
        group_id ${t.id},
        is_blocked ${t.flag} NOT NULL,
        verified_at ${t.integer},
        erased_at ${t.integer},
        version ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL,
        CONSTRAINT fk_customer_store FOREIGN KEY (store_id) REFERENCES store (id),
        CONSTRAINT fk_customer_group FOREIGN KEY (group_id) REFERENCES customer_group (id)
      )`,
      `CREATE UNIQUE INDEX ux_customer_email ON customer (store_id, email)`,
      `CREATE INDEX ix_customer_created ON customer (store_id, created_at, id)`,
      `CREATE INDEX ix_customer_group ON customer (group_id, id)`,

      `CREATE TABLE customer_address (
        id ${t.id} NOT NULL PRIMARY KEY,
        customer_id ${t.id} NOT NULL,
        address_json ${t.longText} NOT NULL,
        is_default_shipping ${t.flag} NOT NULL,
        is_default_billing ${t.flag} NOT NULL,
        version ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL,
        CONSTRAINT fk_customer_address_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
      )`,
      `CREATE INDEX ix_customer_address_owner ON customer_address (customer_id, id)`,

      `CREATE TABLE customer_token (
        id ${t.id} NOT NULL PRIMARY KEY,
        customer_id ${t.id} NOT NULL,
        kind ${t.key(20)} NOT NULL,
        token_sha256 ${t.key(64)} NOT NULL,
        expires_at ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        CONSTRAINT fk_customer_token_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
      )`,
      `CREATE UNIQUE INDEX ux_customer_token_sha256 ON customer_token (token_sha256)`,
      `CREATE INDEX ix_customer_token_owner ON customer_token (customer_id, kind, id)`,
      `CREATE INDEX ix_customer_token_expires ON customer_token (expires_at, id)`,

      `CREATE TABLE shopper_session (
        id ${t.id} NOT NULL PRIMARY KEY,
        customer_id ${t.id} NOT NULL,
        token_sha256 ${t.key(64)} NOT NULL,
        device ${t.text(200)},
        created_at ${t.integer} NOT NULL,
        expires_at ${t.integer} NOT NULL,
        revoked_at ${t.integer},
        CONSTRAINT fk_shopper_session_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
      )`,
      `CREATE UNIQUE INDEX ux_shopper_session_token ON shopper_session (token_sha256)`,
      `CREATE INDEX ix_shopper_session_owner ON shopper_session (customer_id, id)`,
      `CREATE INDEX ix_shopper_session_expires ON shopper_session (expires_at, id)`,

      `CREATE TABLE wish_list_item (
        customer_id ${t.id} NOT NULL,
        variant_id ${t.id} NOT NULL,
        product_id ${t.id} NOT NULL,
        created_at ${t.integer} NOT NULL,
        CONSTRAINT pk_wish_list_item PRIMARY KEY (customer_id, variant_id),
        CONSTRAINT fk_wish_list_item_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
      )`,

      `CREATE TABLE credit_account (
        customer_id ${t.id} NOT NULL,
        currency ${t.key(3)} NOT NULL,
        balance_minor ${t.integer} NOT NULL,
        limit_minor ${t.integer} NOT NULL,
        version ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL,
        CONSTRAINT pk_credit_account PRIMARY KEY (customer_id, currency),
        CONSTRAINT fk_credit_account_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
      )`,
      `CREATE TABLE credit_entry (
        id ${t.identity},
        customer_id ${t.id} NOT NULL,
        currency ${t.key(3)} NOT NULL,
        amount_minor ${t.integer} NOT NULL,
        balance_minor ${t.integer} NOT NULL,
        kind ${t.key(40)} NOT NULL,
        reference ${t.key(200)} NOT NULL,
        actor ${t.text(200)},
        note ${t.text(500)},
        recorded_at ${t.integer} NOT NULL,
        CONSTRAINT fk_credit_entry_account
          FOREIGN KEY (customer_id, currency) REFERENCES credit_account (customer_id, currency)
      )`,
      `CREATE UNIQUE INDEX ux_credit_entry_reference
        ON credit_entry (customer_id, currency, kind, reference)`,
      `CREATE INDEX ix_credit_entry_account ON credit_entry (customer_id, currency, id)`,
    ];
  }

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    const t = columnTypes(runner.dataSource.options.type === 'mssql' ? 'mssql' : 'sqlite');
    await runner.query(`ALTER TABLE cart ADD customer_id ${t.id}`);
    await runner.query(`
      CREATE UNIQUE INDEX ux_cart_customer
      ON cart (customer_id)
      WHERE customer_id IS NOT NULL AND state = 'open'
    `);
    await runner.query(`ALTER TABLE sales_order ADD customer_id ${t.id}`);
    await runner.query(`
      CREATE INDEX ix_sales_order_customer
      ON sales_order (customer_id, placed_at, id)
      WHERE customer_id IS NOT NULL
    `);
  }

  override async down(runner: QueryRunner): Promise<void> {
    const isMssql = runner.dataSource.options.type === 'mssql';
    for (const [table, index] of [
      ['sales_order', 'ix_sales_order_customer'],
      ['cart', 'ux_cart_customer'],
    ]) {
      await runner.query(`DROP INDEX ${index}${isMssql ? ` ON ${table}` : ''}`);
      await runner.query(`ALTER TABLE ${table} DROP COLUMN customer_id`);
    }
    await super.down(runner);
  }
}
