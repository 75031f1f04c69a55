import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CreditLedger, CustomersModelModule } from '#libs/customers';
import { insertRows, sql, type SqlStatement } from '#libs/database';
import { newId } from '#libs/kernel';
import { Logger, Metrics } from '#libs/observability';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../catalog/test/catalog-drafts.js';
import { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import type { JobContext } from '../worker/job-context.js';
import { CheckLedgersHandler } from './check-ledgers.handler.js';
import { LedgerComparison } from './ledger-comparison.js';

@Module({ imports: [DiscoveryModule], providers: [CheckLedgersHandler, LedgerComparison] })
class CheckedModule {}

describeOnEachDatabase('the check of ledgers', (open) => {
  let replica: CatalogReplica;
  let customerId: string;
  const logged: unknown[] = [];

  beforeAll(async () => {
    replica = await CatalogReplica.start(open, [CustomersModelModule, CheckedModule]);
    replica.app.get(Logger).error = (fields) => void logged.push(fields);
    const store = await replica.addStore();
    // More of them than a page has.
    const drafts = Array.from({ length: 510 }, (_each, index) =>
      productDraft(`p${index}`, {
        variants: [
          variantDraft({
            sku: `P${index}`,
            stock: { onHand: index, isTracked: true, allowsBackorder: false },
          }),
        ],
      }),
    );
    for (let done = 0; done < drafts.length; done += 100) {
      await replica.saveMany(store, drafts.slice(done, done + 100));
    }
    customerId = newId();
    const ledger = replica.app.get(CreditLedger);
    await replica.unitOfWork.run(async (tx) => {
      await insertRows(tx, 'customer', [
        {
          id: customerId,
          store_id: store.id,
          store_code: store.code,
          email: `${customerId}@example.com`,
          name: 'Ada',
          locale: 'en',
          password_hash: 'x',
          is_blocked: 0,
          version: 1,
          created_at: 1,
          updated_at: 1,
        },
      ]);
      const euros = { customerId, currency: 'EUR' };
      await ledger.setLimit(tx, euros, 5_000);
      await ledger.charge(tx, euros, { amountMinor: 700, reference: newId() });
      await ledger.setLimit(tx, { customerId, currency: 'USD' }, 5_000);
    });
  });

  afterAll(() => replica?.close());

  const check = async () => {
    let result: unknown;
    logged.length = 0;
    const context = {
      signal: new AbortController().signal,
      progress: () => undefined,
      complete: async (work: () => Promise<unknown>) => {
        result = await work();
      },
    };
    await replica.app.get(CheckLedgersHandler).handle({}, context as unknown as JobContext);
    return result;
  };
  const counted = async (ledger: string) => {
    const { body } = await replica.app.get(Metrics).render();
    const line = body
      .split('\n')
      .find((text) => text.startsWith(`lockstep_ledger_differences_total{ledger="${ledger}"`));
    return Number(line?.split(' ').at(-1));
  };
  const plant = (statement: SqlStatement) => replica.unitOfWork.run((tx) => tx.execute(statement));
  const item = async (onHand: number) => {
    const [row] = await replica.unitOfWork.run((tx) =>
      tx.query<{ variant_id: string; location_id: string }>(sql`
        SELECT variant_id, location_id
        FROM stock_item
        WHERE on_hand = ${onHand}`),
    );
    return { variant: row?.variant_id ?? '', location: row?.location_id ?? '' };
  };
  const stock = (at: { variant: string; location: string }, balance: number, sum: number) => ({
    ledger: 'stock',
    at: { variant_id: at.variant, location_id: at.location },
    balance,
    sumOfEntries: sum,
  });

  it('finds nothing where every balance is the sum of its entries', async () => {
    expect(await check()).toEqual({
      ledgers: {
        stock: { checked: 510, different: 0 },
        holds: { checked: 510, different: 0 },
        credit: { checked: 2, different: 0 },
      },
    });
    expect(logged).toEqual([]);
    expect([await counted('stock'), await counted('credit')]).toEqual([0, 0]);
  });

  it('counts and logs what differs in stock: more, without entries, without an item', async () => {
    const [more, bare, gone] = [await item(7), await item(499), await item(300)];
    await plant(sql`UPDATE stock_item SET on_hand = 8 WHERE variant_id = ${more.variant}`);
    await plant(sql`DELETE FROM stock_ledger WHERE variant_id = ${bare.variant}`);
    await plant(sql`DELETE FROM stock_item WHERE variant_id = ${gone.variant}`);
    expect(await check()).toMatchObject({
      ledgers: { stock: { checked: 510, different: 3 }, credit: { different: 0 } },
    });
    expect(logged).toHaveLength(3);
    expect(logged).toEqual(
      expect.arrayContaining([stock(more, 8, 7), stock(bare, 499, 0), stock(gone, 0, 300)]),
    );
    expect([await counted('stock'), await counted('credit')]).toEqual([3, 0]);
  });

  it('counts and logs what is reserved for nobody', async () => {
    const at = await item(9);
    await plant(sql`UPDATE stock_item SET reserved = 2 WHERE variant_id = ${at.variant}`);
    expect(await check()).toMatchObject({ ledgers: { holds: { different: 1 } } });
    expect(logged).toContainEqual({ ...stock(at, 2, 0), ledger: 'holds' });
    expect(await counted('holds')).toBe(1);
  });

  it('counts and logs what differs in credit', async () => {
    await plant(sql`
      UPDATE credit_account
      SET balance_minor = balance_minor + 1
      WHERE customer_id = ${customerId}`);
    expect(await check()).toMatchObject({ ledgers: { credit: { checked: 2, different: 2 } } });
    expect(logged).toEqual(
      expect.arrayContaining([
        {
          ledger: 'credit',
          at: { customer_id: customerId, currency: 'EUR' },
          balance: -699,
          sumOfEntries: -700,
        },
        {
          ledger: 'credit',
          at: { customer_id: customerId, currency: 'USD' },
          balance: 1,
          sumOfEntries: 0,
        },
      ]),
    );
    expect(await counted('credit')).toBe(2);
  });

  it('logs twenty of many, and counts them all', async () => {
    const before = await counted('stock');
    await plant(sql`UPDATE stock_item SET on_hand = on_hand + 1`);
    const { ledgers } = (await check()) as { ledgers: { stock: { different: number } } };
    expect(ledgers.stock.different).toBeGreaterThan(500);
    expect(logged.filter((each) => (each as { ledger: string }).ledger === 'stock')).toHaveLength(
      20,
    );
    expect(await counted('stock')).toBe(before + ledgers.stock.different);
  });
});
