import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { insertRows, sql } from '#libs/database';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import { CreditLedger, type CreditAddress } from './credit-ledger.js';
import { CustomersModelModule } from './customers-model.module.js';

describeOnEachDatabase('CreditLedger', (open) => {
  let replica: CatalogReplica;
  let ledger: CreditLedger;

  beforeAll(async () => {
    replica = await CatalogReplica.start(open, [CustomersModelModule]);
    ledger = replica.app.get(CreditLedger);
  });

  afterAll(() => replica.close());

  const addCustomer = async (): Promise<CreditAddress> => {
    const store = await replica.addStore();
    const id = newId();
    await replica.unitOfWork.run((tx) =>
      insertRows(tx, 'customer', [
        {
          id,
          store_id: store.id,
          store_code: store.code,
          email: `${id}@example.com`,
          name: 'Ada',
          locale: 'en',
          password_hash: 'x',
          is_blocked: 0,
          version: 1,
          created_at: 1,
          updated_at: 1,
        },
      ]),
    );
    return { customerId: id, currency: 'EUR' };
  };

  const charge = (address: CreditAddress, amountMinor: number, reference = newId()) =>
    replica.unitOfWork.run((tx) => ledger.charge(tx, address, { amountMinor, reference }));

  const balance = async ({ customerId }: CreditAddress) =>
    replica.unitOfWork.run(async (tx) => {
      const [account] = await ledger.list(tx, customerId);
      const [sum] = await tx.query<{ v: number | null }>(
        sql`SELECT SUM(amount_minor) AS v FROM credit_entry WHERE customer_id = ${customerId}`,
      );
      // The sum of the ledger is the balance, whatever happened.
      expect(sum?.v ?? 0).toBe(account?.balanceMinor ?? 0);
      return account?.balanceMinor;
    });

  it('lets orders take an account to its limit and no further, however many come at once', async () => {
    const address = await addCustomer();
    await replica.unitOfWork.run((tx) => ledger.setLimit(tx, address, 1_000));
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => charge(address, 300)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ code: 'customers.credit-exceeded' });
      }
    }
    expect(await balance(address)).toBe(-900);
  });

  it('writes a movement once, and gives back what was charged once', async () => {
    const address = await addCustomer();
    await replica.unitOfWork.run((tx) => ledger.setLimit(tx, address, 1_000));
    const order = newId();
    for (let round = 0; round < 2; round += 1) await charge(address, 400, order);
    expect(await balance(address)).toBe(-400);
    const release = (part: string | null, amountMinor: number) =>
      replica.unitOfWork.run((tx) =>
        ledger.release(tx, address, { reference: order, part, amountMinor }),
      );
    for (let round = 0; round < 2; round += 1) await release('waived-2', 150);
    expect(await balance(address)).toBe(-250);
    for (let round = 0; round < 2; round += 1) await release(null, 250);
    expect(await balance(address)).toBe(0);
    const paid = { amountMinor: 250, kind: 'staff', reference: 'k', note: 'paid' } as const;
    for (let round = 0; round < 2; round += 1) {
      await replica.unitOfWork.run((tx) => ledger.enter(tx, address, paid));
    }
    expect(await balance(address)).toBe(250);
    const other = replica.unitOfWork.run((tx) =>
      ledger.enter(tx, address, { ...paid, amountMinor: 251 }),
    );
    await expect(other).rejects.toMatchObject({ code: 'idempotency.key-reused' });
  });

  it('limits nobody without an account, and writes nothing then', async () => {
    const address = await addCustomer();
    const order = newId();
    await charge(address, 5_000, order);
    expect(await balance(address)).toBeUndefined();
    // An account that is opened afterwards gets nothing back that it was not charged.
    await replica.unitOfWork.run((tx) => ledger.setLimit(tx, address, 1_000));
    await replica.unitOfWork.run((tx) =>
      ledger.release(tx, address, { reference: order, part: null, amountMinor: 5_000 }),
    );
    expect(await balance(address)).toBe(0);
  });
});
