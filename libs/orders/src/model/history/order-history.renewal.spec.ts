import { beforeEach, describe, expect, it } from '@jest/globals';
import { AnnouncementSeal, SharedCache } from '#libs/cache';
import type { CustomerLookup } from '#libs/customers';
import type { PrimaryReader } from '#libs/database';
import { newId } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { gate, InMemorySharedStore, ManualClock } from '#libs/testing';
import { testOrder } from '../../../test/test-order.js';
import type { OrderLookup } from '../order-lookup.js';
import { historyStamp, type OrderGlance } from './order-glance.js';
import { HISTORY_SERIES, OrderHistoryCopy } from './order-history.copy.js';
import { OrderHistoryRenewal } from './order-history.renewal.js';

const ADA = newId();
const SEAL = new AnnouncementSeal(
  { id: newId(), announcementKey: 'a'.repeat(64) },
  'me',
  HISTORY_SERIES.name,
);
const before: readonly OrderGlance[] = [testOrder()];
const after: readonly OrderGlance[] = [testOrder({ version: 2, state: 'cancelled' })];

describe('renewing the copy of an order history', () => {
  let clock: ManualClock;
  let store: InMemorySharedStore;
  let copy: OrderHistoryCopy;
  let isErased: boolean;
  /** How often the database was asked for orders. */
  let reads: number;

  beforeEach(() => {
    clock = new ManualClock();
    store = new InMemorySharedStore(clock);
    copy = copyOfReplica();
    isErased = false;
    reads = 0;
  });

  function copyOfReplica(): OrderHistoryCopy {
    return new OrderHistoryCopy(new SharedCache({ store, clock }).series(HISTORY_SERIES), SEAL);
  }

  /** One more replica, whose database answers with these. */
  function replica(list: () => Promise<readonly OrderGlance[]>): OrderHistoryRenewal {
    return new OrderHistoryRenewal(
      {} as PrimaryReader,
      { isErased: () => Promise.resolve(isErased) } as unknown as CustomerLookup,
      {
        listOfCustomer: () => {
          reads += 1;
          return list();
        },
      } as unknown as OrderLookup,
      copyOfReplica(),
      createLogger({ level: 'silent' }),
    );
  }

  const shows = async (orders: readonly OrderGlance[]) =>
    Array.isArray(await copy.find(ADA, historyStamp(orders)));

  it('is one replica’s work: another that comes meanwhile reads nothing', async () => {
    const reading = gate();
    const first = replica(async () => {
      await reading.opened;
      return before;
    }).renew(ADA);
    const other = replica(() => Promise.resolve(before));
    expect(await other.renew(ADA)).toBe('taken');
    reading.open();
    expect(await first).toBe('renewed');
    expect(reads).toBe(1);
    expect(await shows(before)).toBe(true);
    expect(await other.renew(ADA)).toBe('renewed');
  });

  it('writes nothing that was read before its lease ended', async () => {
    const reading = gate();
    const slow = replica(async () => {
      await reading.opened;
      return before;
    }).renew(ADA);
    // It has the lock by then.
    expect(await replica(() => Promise.resolve(after)).renew(ADA)).toBe('taken');
    clock.advance(5_000);
    expect(await replica(() => Promise.resolve(after)).renew(ADA)).toBe('renewed');
    reading.open();
    expect(await slow).toBe('unavailable');
    expect(await shows(after)).toBe(true);
  });

  it('takes away the copy of a person who was erased, and makes no other', async () => {
    const renewal = replica(() => Promise.resolve(before));
    await renewal.renew(ADA);
    isErased = true;
    expect(await renewal.renew(ADA)).toBe('renewed');
    expect(await shows(before)).toBe(false);
    expect(reads).toBe(1);
  });

  it('reads nothing while Redis is away', async () => {
    store.isAvailable = false;
    expect(await replica(() => Promise.resolve(before)).renew(ADA)).toBe('unavailable');
    expect(reads).toBe(0);
  });

  it('is free again for the next after the database gave no answer, which harms nobody who only tries', async () => {
    const away = new Error('the database is away');
    const renewal = replica(() => Promise.reject(away));
    await expect(renewal.renew(ADA)).rejects.toBe(away);
    await expect(renewal.tryRenew(ADA)).resolves.toBeUndefined();
    expect(reads).toBe(2);
    await replica(() => Promise.resolve(before)).tryRenew(ADA);
    expect(await shows(before)).toBe(true);
  });
});
