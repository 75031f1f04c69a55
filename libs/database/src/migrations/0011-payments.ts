import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Payments with their amounts, refunds, and the inbox of what providers say. */
export class Payments1730000000011 extends PortableMigration {
  readonly name = 'Payments1730000000011';

  protected readonly tables = ['payment', 'refund', 'payment_event'];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE payment (
        id ${t.id} NOT NULL PRIMARY KEY,
        order_id ${t.id} NOT NULL,
        method ${t.key(20)} NOT NULL,
        state ${t.key(20)} NOT NULL,
        currency ${t.key(3)} NOT NULL,
        amount_minor ${t.integer} NOT NULL,
        authorised_minor ${t.integer} NOT NULL,
        capture_pending_minor ${t.integer} NOT NULL,
        captured_minor ${t.integer} NOT NULL,
        refund_pending_minor ${t.integer} NOT NULL,
        refunded_minor ${t.integer} NOT NULL,
        provider_reference ${t.key(255)},
        failure_code ${t.key(100)},
        version ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL
      )`,
      `CREATE UNIQUE INDEX ux_payment_order ON payment (order_id)`,
      `CREATE INDEX ix_payment_reference ON payment (provider_reference)`,

      `CREATE TABLE refund (
        id ${t.id} NOT NULL PRIMARY KEY,
        payment_id ${t.id} NOT NULL,
        state ${t.key(20)} NOT NULL,
        amount_minor ${t.integer} NOT NULL,
        parts_json ${t.longText} NOT NULL,
        reason ${t.text(500)},
        requested_by ${t.text(200)},
        provider_reference ${t.key(255)},
        failure_code ${t.key(100)},
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL,
        CONSTRAINT fk_refund_payment FOREIGN KEY (payment_id) REFERENCES payment (id)
      )`,
      `CREATE INDEX ix_refund_payment ON refund (payment_id, created_at, id)`,

      `CREATE TABLE payment_event (
        method ${t.key(20)} NOT NULL,
        event_id ${t.key(255)} NOT NULL,
        type ${t.key(100)} NOT NULL,
        payment_id ${t.id},
        outcome ${t.key(20)} NOT NULL,
        occurred_at ${t.integer} NOT NULL,
        received_at ${t.integer} NOT NULL,
        CONSTRAINT pk_payment_event PRIMARY KEY (method, event_id)
      )`,
      `CREATE INDEX ix_payment_event_received ON payment_event (received_at)`,

      // Orders that are there already: their payment is what they say of it.
      `INSERT INTO payment (id, order_id, method, state, currency, amount_minor, authorised_minor,
        capture_pending_minor, captured_minor, refund_pending_minor, refunded_minor,
        provider_reference, failure_code, version, created_at, updated_at)
      SELECT id, id, payment_method,
        CASE payment_state
          WHEN 'pending' THEN 'pending'
          WHEN 'cancelled' THEN 'voided'
          ELSE 'captured'
        END,
        currency, total_minor,
        CASE WHEN payment_state IN ('pending', 'cancelled') THEN 0 ELSE total_minor END,
        0,
        CASE WHEN payment_state IN ('pending', 'cancelled') THEN 0 ELSE total_minor END,
        CASE WHEN payment_state = 'refund-due' THEN total_minor ELSE 0 END,
        CASE WHEN payment_state = 'refunded' THEN total_minor ELSE 0 END,
        NULL, NULL, 1, placed_at, updated_at
      FROM sales_order`,
      `INSERT INTO refund (id, payment_id, state, amount_minor, parts_json, reason, requested_by,
        provider_reference, failure_code, created_at, updated_at)
      SELECT id, id,
        CASE payment_state WHEN 'refunded' THEN 'succeeded' ELSE 'pending' END,
        total_minor, '{"items":[],"shipping":null}', NULL, NULL, NULL, NULL, updated_at, updated_at
      FROM sales_order
      WHERE payment_state IN ('refund-due', 'refunded') AND total_minor > 0`,
    ];
  }
}
