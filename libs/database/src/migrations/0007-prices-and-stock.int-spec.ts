import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { parseDatabaseUrl } from '#libs/config';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase, type DatabaseFixture } from '#libs/testing';
import { writeOptions } from '../opening/data-sources.js';
import { migrations } from './index.js';

const BEFORE = migrations.slice(0, 6);

describeOnEachDatabase(
  'prices and stock of a database that was made before they had slices of their own',
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

    const insert = async (
      table: string,
      row: Record<string, string | number | null>,
    ): Promise<void> => {
      const values = Object.values(row).map((value) =>
        value === null ? 'NULL' : typeof value === 'number' ? String(value) : `'${value}'`,
      );
      await database.query(
        `INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${values.join()})`,
      );
    };

    /** A store with a product of two variants: one sold in two currencies, one without a price. */
    const oldShop = async (code: string) => {
      const [store, product] = [newId(), newId()];
      const [sold, unsold] = [newId(), newId()];
      const times = { version: 1, created_at: 1, updated_at: 1 };
      await insert('store', {
        id: store,
        code,
        name: code,
        default_currency: 'EUR',
        default_locale: 'en',
        currencies_json: '["EUR","USD"]',
        locales_json: '["en"]',
        ...times,
      });
      await insert('product', {
        id: product,
        store_id: store,
        slug: 'pad',
        status: 'active',
        ...times,
      });
      for (const [position, id] of [sold, unsold].entries()) {
        await insert('product_variant', {
          id,
          product_id: product,
          store_id: store,
          sort_position: position,
        });
      }
      for (const [currency, amount, compareAt] of [
        ['EUR', 100, 150],
        ['USD', 120, null],
      ] as const) {
        await insert('variant_price', {
          variant_id: sold,
          currency,
          amount_minor: amount,
          compare_at_minor: compareAt,
        });
      }
      for (const [id, onHand, backorder] of [
        [sold, -2, 1],
        [unsold, 0, 0],
      ] as const) {
        await insert('variant_stock', {
          variant_id: id,
          on_hand: onHand,
          is_tracked: 1,
          allows_backorder: backorder,
        });
      }
      return { store, product, sold, unsold };
    };

    /** Applies the migration to what is there, or takes it back. */
    const migrated = async (direction: 'up' | 'down'): Promise<void> => {
      await database.destroy();
      const options = writeOptions(parseDatabaseUrl(fixture.url));
      database = await new DataSource({
        ...options,
        migrations: migrations.slice(0, 7),
      }).initialize();
      if (direction === 'up') await database.runMigrations();
      else await database.undoLastMigration();
    };

    /** Numbers as numbers: SQL Server hands 64-bit ones out as text. */
    const rows = async (statement: string): Promise<Record<string, unknown>[]> =>
      (await database.query<Record<string, unknown>[]>(statement)).map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value,
          ]),
        ),
      );

    it('move into them, each store with lists and a location of its own', async () => {
      const [one, other] = [await oldShop('one'), await oldShop('other')];
      await migrated('up');
      for (const { store, product, sold, unsold } of [one, other]) {
        expect(
          await rows(`
            SELECT l.currency, l.code, l.priority, p.variant_id, p.product_id, p.min_quantity,
              p.amount_minor, p.compare_at_minor, p.version
            FROM price_list l
            JOIN price p ON p.list_id = l.id
            WHERE l.store_id = '${store}'
            ORDER BY l.currency
          `),
        ).toEqual(
          [
            { currency: 'EUR', code: 'base-eur', amount_minor: 100, compare_at_minor: 150 },
            { currency: 'USD', code: 'base-usd', amount_minor: 120, compare_at_minor: null },
          ].map((price) => ({
            ...price,
            priority: 0,
            variant_id: sold,
            product_id: product,
            min_quantity: 1,
            version: 1,
          })),
        );
        const items = await rows(`
          SELECT s.variant_id, s.product_id, s.on_hand, s.reserved, s.is_tracked,
            s.allows_backorder, s.version
          FROM location l
          JOIN stock_item s ON s.location_id = l.id
          WHERE l.store_id = '${store}' AND l.code = 'main'
          ORDER BY s.on_hand
        `);
        expect(items).toEqual(
          [
            { variant_id: sold, on_hand: -2, allows_backorder: 1 },
            { variant_id: unsold, on_hand: 0, allows_backorder: 0 },
          ].map((item) => ({
            ...item,
            product_id: product,
            reserved: 0,
            is_tracked: 1,
            version: 1,
          })),
        );
        const ledger = await rows(`
          SELECT quantity, reason FROM stock_ledger WHERE variant_id IN ('${sold}', '${unsold}')
        `);
        expect(ledger).toEqual([{ quantity: -2, reason: 'opening' }]);
      }
      await expect(database.query('SELECT * FROM variant_price')).rejects.toThrow();
      await expect(database.query('SELECT * FROM variant_stock')).rejects.toThrow();
    });

    it('are where they were when the migration is taken back', async () => {
      const { sold } = await oldShop('one');
      const before = [
        await rows('SELECT * FROM variant_price ORDER BY currency'),
        await rows('SELECT * FROM variant_stock ORDER BY on_hand'),
      ];
      await migrated('up');
      await migrated('down');
      expect(before[0]).toMatchObject([{ variant_id: sold }, { variant_id: sold }]);
      expect([
        await rows('SELECT * FROM variant_price ORDER BY currency'),
        await rows('SELECT * FROM variant_stock ORDER BY on_hand'),
      ]).toEqual(before);
    });
  },
  { withoutSchema: true },
);
