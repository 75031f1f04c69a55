import type { QueryRunner } from 'typeorm';
import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Promotions with their coupons and uses, which carts and orders name. */
export class Promotions1730000000009 extends PortableMigration {
  readonly name = 'Promotions1730000000009';

  protected readonly tables = [
    'promotion',
    'promotion_counter',
    'promotion_customer_counter',
    'coupon_batch',
    'coupon_code',
    'promotion_use',
  ];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE promotion (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        name ${t.text(200)} NOT NULL,
        state ${t.key(20)} NOT NULL,
        priority ${t.integer} NOT NULL,
        is_exclusive ${t.flag} NOT NULL,
        needs_coupon ${t.flag} NOT NULL,
        currency ${t.key(3)},
        valid_from ${t.integer},
        valid_until ${t.integer},
        conditions_json ${t.longText} NOT NULL,
        reward_json ${t.longText} NOT NULL,
        use_limit ${t.integer},
        customer_use_limit ${t.integer},
        version ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL
      )`,
      `CREATE INDEX ix_promotion_store_state ON promotion (store_id, state, created_at, id)`,
      `CREATE INDEX ix_promotion_store ON promotion (store_id, created_at, id)`,

      `CREATE TABLE promotion_counter (
        promotion_id ${t.id} NOT NULL PRIMARY KEY,
        uses ${t.integer} NOT NULL,
        CONSTRAINT fk_promotion_counter_promotion
          FOREIGN KEY (promotion_id) REFERENCES promotion (id)
      )`,
      `CREATE TABLE promotion_customer_counter (
        promotion_id ${t.id} NOT NULL,
        customer_key ${t.key(80)} NOT NULL,
        uses ${t.integer} NOT NULL,
        CONSTRAINT pk_promotion_customer_counter PRIMARY KEY (promotion_id, customer_key),
        CONSTRAINT fk_promotion_customer_counter_promotion
          FOREIGN KEY (promotion_id) REFERENCES promotion (id)
      )`,

      `CREATE TABLE coupon_batch (
        id ${t.id} NOT NULL PRIMARY KEY,
        promotion_id ${t.id} NOT NULL,
        name ${t.text(200)} NOT NULL,
        prefix ${t.key(20)} NOT NULL,
        code_count ${t.integer} NOT NULL,
        use_limit ${t.integer},
        created_at ${t.integer} NOT NULL,
        CONSTRAINT fk_coupon_batch_promotion
          FOREIGN KEY (promotion_id) REFERENCES promotion (id)
      )`,
      `CREATE INDEX ix_coupon_batch_promotion ON coupon_batch (promotion_id, created_at, id)`,
      `CREATE TABLE coupon_code (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        promotion_id ${t.id} NOT NULL,
        batch_id ${t.id},
        code ${t.key(40)} NOT NULL,
        use_limit ${t.integer},
        uses ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        CONSTRAINT fk_coupon_code_promotion
          FOREIGN KEY (promotion_id) REFERENCES promotion (id)
      )`,
      `CREATE UNIQUE INDEX ux_coupon_code ON coupon_code (store_id, code)`,
      `CREATE INDEX ix_coupon_code_promotion ON coupon_code (promotion_id, code)`,
      `CREATE INDEX ix_coupon_code_batch ON coupon_code (batch_id, code)`,

      `CREATE TABLE promotion_use (
        order_id ${t.id} NOT NULL,
        promotion_id ${t.id} NOT NULL,
        customer_key ${t.key(80)} NOT NULL,
        coupon_id ${t.id},
        used_at ${t.integer} NOT NULL,
        CONSTRAINT pk_promotion_use PRIMARY KEY (order_id, promotion_id),
        CONSTRAINT fk_promotion_use_promotion
          FOREIGN KEY (promotion_id) REFERENCES promotion (id)
      )`,
      `CREATE INDEX ix_promotion_use_promotion ON promotion_use (promotion_id, customer_key)`,
      `CREATE INDEX ix_promotion_use_coupon ON promotion_use (coupon_id)`,

      `ALTER TABLE cart ADD coupons_json ${t.longText}`,
      `ALTER TABLE sales_order ADD promotions_json ${t.longText}`,
      `ALTER TABLE sales_order ADD customer_key ${t.key(80)}`,
      `CREATE INDEX ix_sales_order_customer_key ON sales_order (store_id, customer_key)`,
    ];
  }

  override async down(runner: QueryRunner): Promise<void> {
    const on = runner.dataSource.options.type === 'mssql' ? ' ON sales_order' : '';
    await runner.query(`DROP INDEX ix_sales_order_customer_key${on}`);
    await runner.query('ALTER TABLE sales_order DROP COLUMN customer_key');
    await runner.query('ALTER TABLE sales_order DROP COLUMN promotions_json');
    await runner.query('ALTER TABLE cart DROP COLUMN coupons_json');
    await super.down(runner);
  }
}
