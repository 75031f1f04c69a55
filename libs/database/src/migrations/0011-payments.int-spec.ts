import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { parseDatabaseUrl } from '#libs/config';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase, type DatabaseFixture } from '#libs/testing';
import { writeOptions } from '../opening/data-sources.js';
import { Payments1730000000011 } from './0011-payments.js';
import { migrations } from './index.js';

const BEFORE = migrations.slice(0, 8);
const TOTAL = 1_000;

describeOnEachDatabase(
  'orders of a database that was made before they had payments',
  (open) => {
    let fixture: DatabaseFixture;
    let database: DataSource;

    beforeEach(async () => {
      fixture = await open();
      const options = writeOptions(parseDatabaseUrl(fixture.url));
      database = await new DataSource({ ...options, migrations: BEFORE }).initialize();
      await database.runMigrations();
    });

    afterEach(async () => {
      await database.destroy();
      await fixture.remove();
    });

    const oldOrder = async (paymentState: string): Promise<string> => {
      const id = newId();
      const row = {
        id,
        store_id: newId(),
        store_code: 'main',
        order_number: id,
        token_hash: 'x',
        cart_id: id,
        state: 'open',
        payment_state: paymentState,
        payment_method: 'manual',
        currency: 'EUR',
        locale: 'en',
        email: 'ada@example.com',
        shipping_address_json: '{}',
        billing_address_json: '{}',
        shipping_json: '{}',
        taxes_json: '[]',
        prices_include_tax: 1,
        subtotal_minor: TOTAL,
        discount_minor: 0,
        shipping_minor: 0,
        tax_minor: 0,
        total_minor: TOTAL,
        planned_at: 0,
        version: 1,
        placed_at: 5,
        updated_at: 7,
      };
      const values = Object.values(row).map((value) =>
        typeof value === 'number' ? String(value) : `'${value}'`,
      );
      await database.query(
        `INSERT INTO sales_order (${Object.keys(row).join()}) VALUES (${values.join()})`,
      );
      return id;
    };

    /** Numbers as numbers: SQL Server hands 64-bit ones out as text. */
    const rowOf = async (statement: string): Promise<Record<string, unknown> | undefined> => {
      const [row] = await database.query<Record<string, unknown>[]>(statement);
      if (row === undefined) return undefined;
      const entries = Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value,
      ]);
      return Object.fromEntries(entries) as Record<string, unknown>;
    };

    it.each([
      ['pending', 'pending', 0, 0, 0, undefined],
      ['cancelled', 'voided', 0, 0, 0, undefined],
      ['paid', 'captured', TOTAL, 0, 0, undefined],
      ['refund-due', 'captured', TOTAL, TOTAL, 0, 'pending'],
      ['refunded', 'captured', TOTAL, 0, TOTAL, 'succeeded'],
    ] as const)(
      '%s: have a payment that says what they said',
      async (before, state, captured, pending, refunded, refund) => {
        const id = await oldOrder(before);
        await database.destroy();
        const options = writeOptions(parseDatabaseUrl(fixture.url));
        database = await new DataSource({
          ...options,
          migrations: [...BEFORE, Payments1730000000011],
        }).initialize();
        await database.runMigrations();
        expect(
          await rowOf(`
          SELECT method, state, amount_minor, authorised_minor, captured_minor,
            refund_pending_minor, refunded_minor
          FROM payment
          WHERE order_id = '${id}'`),
        ).toEqual({
          method: 'manual',
          state,
          amount_minor: TOTAL,
          authorised_minor: captured,
          captured_minor: captured,
          refund_pending_minor: pending,
          refunded_minor: refunded,
        });
        const kept = await rowOf(
          `SELECT state, amount_minor FROM refund WHERE payment_id = '${id}'`,
        );
        expect(kept).toEqual(
          refund === undefined ? undefined : { state: refund, amount_minor: TOTAL },
        );
      },
    );
  },
  { withoutSchema: true },
);
