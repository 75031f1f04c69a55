import { beforeEach, describe, expect, it } from '@jest/globals';
import { AnnouncementSeal, SharedCache, type SharedSeries } from '#libs/cache';
import { newId } from '#libs/kernel';
import { InMemorySharedStore, ManualClock } from '#libs/testing';
import { glanceOf, HISTORY_SERIES, OrderHistoryCopy } from './order-history.copy.js';
import { HISTORY_LENGTH, historyStamp, type OrderGlance } from './order-glance.js';

const ADA = newId();
const BOB = newId();
const HERE = { id: newId(), announcementKey: 'a'.repeat(64) };

function glance(placedAt: number, changes: Partial<OrderGlance> = {}): OrderGlance {
  return {
    id: newId(),
    storeCode: 'shop',
    number: `N-${placedAt}`,
    state: 'open',
    paymentState: 'pending',
    currency: 'EUR',
    totalMinor: 100,
    version: 1,
    placedAt,
    ...changes,
  };
}

function sealOf(installation = HERE, use: string = HISTORY_SERIES.name): AnnouncementSeal {
  return new AnnouncementSeal(installation, 'me', use);
}

describe('the copy of an order history', () => {
  const orders = [glance(30, { version: 3 }), glance(20, { version: 2 }), glance(10)];
  const stamp = historyStamp(orders);
  let store: InMemorySharedStore;
  let series: SharedSeries;
  let copy: OrderHistoryCopy;

  beforeEach(async () => {
    const clock = new ManualClock();
    store = new InMemorySharedStore(clock);
    series = new SharedCache({ store, clock }).series(HISTORY_SERIES);
    copy = new OrderHistoryCopy(series, sealOf());
    await copy.replace(ADA, orders);
  });

  const members = async (customerId: string): Promise<string[]> => {
    const found = await series.latest(customerId);
    return found === 'unavailable' ? [] : [...found];
  };
  /** In this order, under the key of Ada. */
  const plant = (texts: readonly string[]) =>
    series.replace(
      ADA,
      texts.map((text, index) => ({ score: texts.length - index, text })),
    );

  it('gives back what was put, newest first, for the state that it shows', async () => {
    const found = await copy.find(ADA, stamp);
    expect(Array.isArray(found) ? found.map(glanceOf) : found).toEqual(orders);
    await copy.replace(BOB, []);
    expect(await copy.find(BOB, historyStamp([]))).toEqual([]);
  });

  it('gives back orders of the same instant, and as many as are copied at most', async () => {
    const many = Array.from({ length: HISTORY_LENGTH }, () => glance(40)).toSorted((one, other) =>
      one.id < other.id ? 1 : -1,
    );
    await copy.replace(ADA, many);
    const found = await copy.find(ADA, historyStamp(many));
    expect(Array.isArray(found) ? found.map(glanceOf) : found).toEqual(many);
  });

  it('is not there for any other state', async () => {
    const [first, ...rest] = orders as [OrderGlance, ...OrderGlance[]];
    const others = [
      [{ ...first, version: first.version + 1 }, ...rest],
      [glance(40), ...orders],
      rest,
      [],
      // Of as many orders with as many changes.
      [{ ...first, version: 2 }, { ...rest[0]!, version: 3 }, rest[1]!],
    ];
    for (const other of others) expect(await copy.find(ADA, historyStamp(other))).toBe('absent');
  });

  it.each<[string, (texts: string[]) => readonly string[]]>([
    ['has lost an order', ([seal, , ...rest]) => [seal!, ...rest]],
    ['has got another order', (texts) => [...texts, JSON.stringify(glance(1))]],
    ['has its orders in another order', ([seal, one, two, three]) => [seal!, two!, one!, three!]],
    [
      'says something else of an order',
      (texts) => texts.map((text) => text.replace('"open"', '"shipped"')),
    ],
    ['has no seal', ([, ...rest]) => rest],
    ['has nothing', () => []],
    ['has garbage in the place of its seal', ([, ...rest]) => ['garbage', ...rest]],
  ])('is not there when it %s', async (_name, forge) => {
    await plant(forge(await members(ADA)));
    expect(await copy.find(ADA, stamp)).toBe('absent');
  });

  it('is not there when it is the copy of somebody else', async () => {
    await copy.replace(BOB, orders);
    await plant(await members(BOB));
    expect(await copy.find(ADA, stamp)).toBe('absent');
    expect(await copy.find(BOB, stamp)).toHaveLength(3);
  });

  it('is not there when another installation, or a seal for another use, has made it', async () => {
    const strangers = [
      sealOf({ ...HERE, id: newId() }),
      sealOf({ ...HERE, announcementKey: 'b'.repeat(64) }),
      sealOf(HERE, 'invalidation'),
    ];
    for (const seal of strangers) {
      await new OrderHistoryCopy(series, seal).replace(ADA, orders);
      expect(await copy.find(ADA, stamp)).toBe('absent');
    }
  });

  it('is unavailable when the store is', async () => {
    store.isAvailable = false;
    expect(await copy.find(ADA, stamp)).toBe('unavailable');
    expect(await copy.replace(ADA, orders)).toBe('unavailable');
    expect(await copy.remove(ADA)).toBe('unavailable');
  });
});
