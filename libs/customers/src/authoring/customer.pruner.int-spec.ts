import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { insertRows, sql } from '#libs/database';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import { addCustomer } from '../../test/add-customer.js';
import { MailTokenRepository } from '../model/mail-token.repository.js';
import { CustomerPruner } from './customer.pruner.js';
import { CustomersAuthoringModule } from './customers-authoring.module.js';

const DAY_MS = 24 * 3_600_000;
const NOW = 100 * DAY_MS;
const LONG_AGO = NOW - 31 * DAY_MS;

describeOnEachDatabase('CustomerPruner', (open) => {
  let replica: CatalogReplica;
  let store: Store;

  beforeAll(async () => {
    replica = await CatalogReplica.start(open, [CustomersAuthoringModule]);
    store = await replica.addStore();
  });

  afterAll(() => replica.close());

  const add = async (changes: Parameters<typeof addCustomer>[2]): Promise<string> =>
    (
      await addCustomer(replica.unitOfWork, store, {
        verified_at: null,
        updated_at: LONG_AGO,
        ...changes,
      })
    ).id;

  const prune = async (): Promise<number> => {
    let gone = 0;
    for (;;) {
      const batch = await replica.app.get(CustomerPruner).pruneBatch(NOW);
      if (batch === 0) return gone;
      gone += batch;
    }
  };

  const idsOf = (table: 'customer' | 'shopper_session' | 'customer_token', of: readonly string[]) =>
    replica.unitOfWork.run(async (tx) => {
      const column = sql.identifier(table === 'customer' ? 'id' : 'customer_id');
      const rows = await tx.query<{ v: string }>(sql`
        SELECT ${column} AS v
        FROM ${sql.identifier(table)}
        WHERE ${column} IN ${sql.in(of)}
        ORDER BY ${column}`);
      return rows.map(({ v }) => v);
    });

  it('takes away accounts that were never confirmed, a month after the last registration', async () => {
    const forgotten = await add({});
    const kept = [
      await add({ updated_at: NOW - 29 * DAY_MS }),
      await add({ verified_at: 1 }),
      await add({ erased_at: 1, is_blocked: 1 }),
    ];
    const withCredit = await add({});
    const withLink = await add({});
    await replica.unitOfWork.run(async (tx) => {
      const account = { balance_minor: 0, limit_minor: 1_000, version: 1, updated_at: 1 };
      await insertRows(tx, 'credit_account', [
        { customer_id: withCredit, currency: 'EUR', ...account },
      ]);
      await replica.app.get(MailTokenRepository).issue(tx, withLink, 'verification', NOW - DAY_MS);
    });
    expect(await prune()).toBe(1);
    const all = [forgotten, withCredit, withLink, ...kept];
    expect(await idsOf('customer', all)).toEqual([withCredit, withLink, ...kept].toSorted());
  });

  it('takes away links that have expired, and sessions that ended a week ago', async () => {
    const id = await add({ verified_at: 1 });
    const recent = await add({ verified_at: 1 });
    const session = { device: null, created_at: 1, revoked_at: null };
    await replica.unitOfWork.run(async (tx) => {
      const tokens = replica.app.get(MailTokenRepository);
      await tokens.issue(tx, id, 'password-reset', NOW - DAY_MS);
      await tokens.issue(tx, recent, 'password-reset', NOW);
      await insertRows(tx, 'shopper_session', [
        { id, customer_id: id, token_sha256: id, expires_at: NOW - 8 * DAY_MS, ...session },
        { id: recent, customer_id: recent, token_sha256: recent, expires_at: NOW, ...session },
      ]);
    });
    expect(await prune()).toBe(2);
    for (const table of ['shopper_session', 'customer_token'] as const) {
      expect(await idsOf(table, [id, recent])).toEqual([recent]);
    }
  });
});
