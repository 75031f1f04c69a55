import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** How stores sell; carts, orders and what makes a repeated request harmless. */
export class Shop1730000000008 extends PortableMigration {
  readonly name = 'Shop1730000000008';

  protected readonly tables = [
    'idempotency_record',
    'store_settings',
    'cart',
    'cart_line',
    'sales_order',
    'sales_order_line',
    'order_transition',
  ];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE idempotency_record (
        scope ${t.key(100)} NOT NULL,
        idempotency_key ${t.key(200)} NOT NULL,
        fingerprint ${t.key(64)} NOT NULL,
        answer_json ${t.longText} NOT NULL,
        created_at ${t.integer} NOT NULL,
        CONSTRAINT pk_idempotency_record PRIMARY KEY (scope, idempotency_key)
      )`,
      `CREATE INDEX ix_idempotency_record_created ON idempotency_record (created_at)`,

      `CREATE TABLE store_settings (
        store_id ${t.id} NOT NULL,
        kind ${t.key(20)} NOT NULL,
        content_json ${t.longText} NOT NULL,
        version ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL,
        CONSTRAINT pk_store_settings PRIMARY KEY (store_id, kind)
      )`,

      `CREATE TABLE cart (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        store_code ${t.key(60)} NOT NULL,
        token_hash ${t.key(64)} NOT NULL,
        state ${t.key(20)} NOT NULL,
        currency ${t.key(3)} NOT NULL,
        locale ${t.key(20)} NOT NULL,
        email ${t.text(320)},
        shipping_address_json ${t.longText},
        billing_address_json ${t.longText},
        shipping_method ${t.key(60)},
        payment_method ${t.key(20)},
        version ${t.integer} NOT NULL,
        expires_at ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL
      )`,
      `CREATE INDEX ix_cart_expires ON cart (expires_at, id)`,
      `CREATE INDEX ix_cart_store ON cart (store_id, id)`,
      `CREATE TABLE cart_line (
        id ${t.id} NOT NULL PRIMARY KEY,
        cart_id ${t.id} NOT NULL,
        product_id ${t.id} NOT NULL,
        variant_id ${t.id} NOT NULL,
        quantity ${t.integer} NOT NULL,
        seen_minor ${t.integer},
        CONSTRAINT fk_cart_line_cart FOREIGN KEY (cart_id) REFERENCES cart (id)
      )`,
      `CREATE UNIQUE INDEX ux_cart_line_variant ON cart_line (cart_id, variant_id)`,

      `CREATE TABLE sales_order (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        store_code ${t.key(60)} NOT NULL,
        order_number ${t.key(40)} NOT NULL,
        token_hash ${t.key(64)} NOT NULL,
        cart_id ${t.id} NOT NULL,
        state ${t.key(20)} NOT NULL,
        payment_state ${t.key(20)} NOT NULL,
        payment_method ${t.key(20)} NOT NULL,
        currency ${t.key(3)} NOT NULL,
        locale ${t.key(20)} NOT NULL,
        email ${t.text(320)} NOT NULL,
        shipping_address_json ${t.longText} NOT NULL,
        billing_address_json ${t.longText} NOT NULL,
        shipping_json ${t.longText} NOT NULL,
        taxes_json ${t.longText} NOT NULL,
        prices_include_tax ${t.flag} NOT NULL,
        subtotal_minor ${t.integer} NOT NULL,
        discount_minor ${t.integer} NOT NULL,
        shipping_minor ${t.integer} NOT NULL,
        tax_minor ${t.integer} NOT NULL,
        total_minor ${t.integer} NOT NULL,
        planned_at ${t.integer} NOT NULL,
        version ${t.integer} NOT NULL,
        placed_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL
      )`,
      `CREATE UNIQUE INDEX ux_sales_order_number ON sales_order (order_number)`,
      `CREATE UNIQUE INDEX ux_sales_order_cart ON sales_order (cart_id)`,
      `CREATE INDEX ix_sales_order_placed ON sales_order (store_id, placed_at, id)`,
      `CREATE INDEX ix_sales_order_email ON sales_order (store_id, email, placed_at, id)`,
      `CREATE INDEX ix_sales_order_state ON sales_order (store_id, state, placed_at, id)`,
      `CREATE TABLE sales_order_line (
        order_id ${t.id} NOT NULL,
        line_number ${t.integer} NOT NULL,
        product_id ${t.id} NOT NULL,
        variant_id ${t.id} NOT NULL,
        sku ${t.key(200)},
        name ${t.text(500)} NOT NULL,
        option_values_json ${t.longText} NOT NULL,
        quantity ${t.integer} NOT NULL,
        is_stock_taken ${t.flag} NOT NULL,
        unit_price_minor ${t.integer} NOT NULL,
        subtotal_minor ${t.integer} NOT NULL,
        discount_minor ${t.integer} NOT NULL,
        tax_minor ${t.integer} NOT NULL,
        total_minor ${t.integer} NOT NULL,
        discounts_json ${t.longText} NOT NULL,
        taxes_json ${t.longText} NOT NULL,
        CONSTRAINT pk_sales_order_line PRIMARY KEY (order_id, line_number),
        CONSTRAINT fk_sales_order_line_order FOREIGN KEY (order_id) REFERENCES sales_order (id)
      )`,
      `CREATE TABLE order_transition (
        order_id ${t.id} NOT NULL,
        sequence ${t.integer} NOT NULL,
        action ${t.key(40)} NOT NULL,
        actor ${t.text(200)},
        reason ${t.text(500)},
        occurred_at ${t.integer} NOT NULL,
        CONSTRAINT pk_order_transition PRIMARY KEY (order_id, sequence),
        CONSTRAINT fk_order_transition_order FOREIGN KEY (order_id) REFERENCES sales_order (id)
      )`,
    ];
  }
}
