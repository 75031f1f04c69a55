import { LocationEditor, StockDirectory, StockMover } from '#authoring/inventory';
import { StoreDirectory } from '#authoring/stores';
import { StockHolds, type StockMovementRequest } from '#libs/inventory';
import { newId } from '#libs/kernel';
import type { Write } from './catalog-writes.js';

const movement = (name: string, request: StockMovementRequest): Write => ({
  name: `stock moves: ${name}`,
  run: async (shop) => {
    const { storeCode } = shop;
    const [first] = (await shop.product()).variants;
    const address = { storeCode, productId: shop.ids.pad, variantId: first?.id ?? '' };
    const given = { reference: 'Note 7', key: newId() };
    await shop.get(StockMover).move(address, request, given);
  },
});

const holds = (name: string, pieces: number): Write => ({
  name: `goods are kept: ${name}`,
  run: async (shop) => {
    const { id: storeId } = await shop.get(StoreDirectory).get(shop.storeCode);
    const [first] = (await shop.product()).variants;
    const now = Date.now();
    const holder = { holderId: 'somebody', storeId, now, expiresAt: now + 60_000 };
    const wanted = [{ variantId: first?.id ?? '', quantity: pieces }];
    const kept = pieces === 0 ? [] : wanted;
    await shop.unitOfWork.run((tx) => shop.get(StockHolds).bring(tx, holder, kept));
  },
});

const sells = (name: string, salePriority: number | null): Write => ({
  name: `sold from: ${name}`,
  run: async (shop) => {
    const { storeCode } = shop;
    const locations = await shop.get(StockDirectory).listLocations(storeCode);
    const { name: called = '', version = 0 } =
      locations.find(({ code }) => code === 'cellar') ?? {};
    const address = { storeCode, code: 'cellar' };
    await shop.get(LocationEditor).update(address, version, { name: called, salePriority });
  },
});

/** Receipts, counts and transfers; the shop is opened with five of each variant at the main location. */
export const stockWrites: readonly Write[] = [
  {
    name: 'a location is added',
    run: (shop) =>
      shop.get(LocationEditor).create(shop.storeCode, { code: 'cellar', name: 'Cellar' }),
  },
  movement('the last to the cellar', { kind: 'transfer', from: 'main', to: 'cellar', quantity: 5 }),
  movement('one comes in', { kind: 'receipt', location: 'main', quantity: 1 }),
  movement('it is not found', { kind: 'count', location: 'main', counted: 0 }),
  sells('the cellar, too', 2),
  sells('the cellar, no more', null),
  movement('back', { kind: 'transfer', from: 'cellar', to: 'main', quantity: 5 }),
  holds('all but one', 4),
  holds('all', 5),
  holds('none', 0),
];
