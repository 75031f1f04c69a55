import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { IdempotentUnitOfWork, sql, type DatabaseClock, type UnitOfWork } from '#libs/database';
import { StockTaker } from '#libs/inventory';
import { newId, systemClock } from '#libs/kernel';
import { describeOnEachDatabase } from '#libs/testing';
import { LocationEditor } from '../../../../inventory/src/authoring/location.editor.js';
import { LocationRepository } from '../../../../inventory/src/authoring/location.repository.js';
import { StockItemRepository } from '../../../../inventory/src/authoring/stock-item.repository.js';
import { StockMover } from '../../../../inventory/src/authoring/stock-mover.js';
import { loadMainItems } from '../../../../inventory/src/model/stock-items.js';
import { StockLedgerRepository } from '../../../../inventory/src/model/stock-ledger.repository.js';
import type { StockMovementRequest } from '../../../../inventory/src/model/stock-movement.js';
import { productDraft, variantDraft } from '../../../test/catalog-drafts.js';
import { CatalogFixture } from '../../../test/catalog-fixture.js';
import { ListedProductRepository } from '../listing/listed-product.repository.js';

describeOnEachDatabase('movements of stock', (open) => {
  let catalog: CatalogFixture;
  let mover: StockMover;
  let locations: LocationEditor;

  const moverOn = (unitOfWork: UnitOfWork): StockMover =>
    new StockMover(
      new IdempotentUnitOfWork(unitOfWork, systemClock as DatabaseClock),
      new ListedProductRepository(catalog.storeLookup),
      new StockItemRepository(),
      new StockLedgerRepository(),
    );

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
    mover = moverOn(catalog.unitOfWork);
    const { unitOfWork, storeLookup } = catalog;
    locations = new LocationEditor(unitOfWork, storeLookup, new LocationRepository());
  });

  afterAll(() => catalog.close());

  const draft = (onHand: number, skus = ['PAD']) =>
    productDraft('pad', {
      options: ['Size'],
      variants: skus.map((sku) =>
        variantDraft({
          sku,
          optionValues: [sku],
          stock: { onHand, isTracked: true, allowsBackorder: false },
        }),
      ),
    });

  /** A store with so many pads at `main`, and a location `cellar` beside it. */
  const kept = async (onHand: number, skus = ['PAD']) => {
    const store = await catalog.addStore();
    await catalog.saveMany(store, [draft(onHand, skus)]);
    await locations.create(store.code, { code: 'cellar', name: 'Cellar' });
    const [variant] = await catalog.reader.query<{ id: string; product_id: string }>(
      sql`SELECT id, product_id FROM product_variant WHERE store_id = ${store.id} ORDER BY sku`,
    );
    const { id: variantId = '', product_id: productId = '' } = variant ?? {};
    catalog.takeTags();
    return { store, address: { storeCode: store.code, productId, variantId } };
  };
  type Address = Awaited<ReturnType<typeof kept>>['address'];

  const move = (address: Address, request: StockMovementRequest, key = newId(), by = mover) =>
    by.move(address, request, { reference: 'Note 7', key });

  /** What is on hand by location; each must be the sum of its ledger. */
  const onHand = async ({ variantId }: Address): Promise<Record<string, number>> => {
    const rows = await catalog.reader.query<{ code: string; n: number; entries: number }>(
      sql`SELECT l.code, s.on_hand AS n, (
            SELECT SUM(e.quantity)
            FROM stock_ledger e
            WHERE e.variant_id = s.variant_id AND e.location_id = s.location_id
          ) AS entries
          FROM stock_item s
          JOIN location l ON l.id = s.location_id
          WHERE s.variant_id = ${variantId}
          ORDER BY l.code`,
    );
    for (const { n, entries } of rows) expect(entries ?? 0).toBe(n);
    return Object.fromEntries(rows.map(({ code, n }) => [code, n]));
  };

  const ledger = ({ variantId }: Address) =>
    catalog.reader.query<{ quantity: number; reason: string; reference: string | null }>(
      sql`SELECT quantity, reason, reference
          FROM stock_ledger
          WHERE variant_id = ${variantId} AND reference IS NOT NULL
          ORDER BY id`,
    );

  it('are receipts, counts and transfers, with their reason and reference in the ledger', async () => {
    const { address } = await kept(5);
    await move(address, { kind: 'receipt', location: 'main', quantity: 7 });
    expect(await onHand(address)).toEqual({ main: 12 });
    await move(address, { kind: 'transfer', from: 'main', to: 'cellar', quantity: 4 });
    expect(await onHand(address)).toEqual({ main: 8, cellar: 4 });
    expect(await move(address, { kind: 'count', location: 'cellar', counted: 3 })).toEqual([
      { location: 'cellar', onHand: 3 },
    ]);
    await move(address, { kind: 'count', location: 'cellar', counted: 3 });
    expect(await onHand(address)).toEqual({ main: 8, cellar: 3 });
    const entry = (quantity: number, reason: string) => ({ quantity, reason, reference: 'Note 7' });
    expect(await ledger(address)).toEqual([
      entry(7, 'receipt'),
      entry(-4, 'transfer'),
      entry(4, 'transfer'),
      entry(-1, 'count'),
    ]);
    const audits = await catalog.reader.query<{ action: string; after_json: string }>(
      sql`SELECT action, after_json
          FROM audit_log
          WHERE entity_id = ${address.variantId} AND action LIKE 'inventory:stock:%'
          ORDER BY id`,
    );
    expect(audits.map(({ action }) => action)).toEqual([
      'inventory:stock:receipt',
      'inventory:stock:transfer',
      'inventory:stock:count',
      'inventory:stock:count',
    ]);
    expect(JSON.parse(audits[1]?.after_json ?? '')).toEqual({
      reference: 'Note 7',
      onHand: { main: 8, cellar: 4 },
    });
  });

  it('let shoppers see what is at the main location, and void only what they see otherwise', async () => {
    const { address } = await kept(5);
    const { productId } = address;
    const seen = async () =>
      (await loadMainItems(catalog.reader, [productId])).map((row) => row.on_hand);
    await move(address, { kind: 'receipt', location: 'cellar', quantity: 9 });
    await move(address, { kind: 'transfer', from: 'main', to: 'cellar', quantity: 4 });
    expect(catalog.takeTags()).toEqual([]);
    expect(await seen()).toEqual([1]);
    await move(address, { kind: 'transfer', from: 'main', to: 'cellar', quantity: 1 });
    expect(catalog.takeTags()).toEqual([`availability:${productId}`]);
    expect(await seen()).toEqual([0]);
    await move(address, { kind: 'transfer', from: 'cellar', to: 'main', quantity: 2 });
    expect(catalog.takeTags()).toEqual([`availability:${productId}`]);
  });

  it('leave where it is what shoppers are promised', async () => {
    const { address } = await kept(5);
    await catalog.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE stock_item SET reserved = 3 WHERE variant_id = ${address.variantId}`),
    );
    const transfer = (quantity: number) =>
      move(address, { kind: 'transfer', from: 'main', to: 'cellar', quantity });
    await expect(transfer(3)).rejects.toMatchObject({ code: 'inventory.not-enough' });
    expect(await onHand(address)).toEqual({ main: 5 });
    await transfer(2);
    expect(await onHand(address)).toEqual({ main: 3, cellar: 2 });
  });

  it('happen once for a key', async () => {
    const { address } = await kept(5);
    const key = newId();
    const receipt = { kind: 'receipt', location: 'main', quantity: 7 } as const;
    expect(await move(address, receipt, key)).toEqual(await move(address, receipt, key));
    expect(await onHand(address)).toEqual({ main: 12 });
    await expect(move(address, { ...receipt, quantity: 8 }, key)).rejects.toMatchObject({
      code: 'idempotency.key-reused',
    });
  });

  it('make nothing out of nothing, with many at once, in two processes, while others buy', async () => {
    const { store, address } = await kept(10);
    const other = await catalog.another();
    try {
      const movers = [mover, moverOn(other.unitOfWork)];
      const taker = new StockTaker(new StockLedgerRepository());
      const out = Array.from({ length: 12 }, (_, index) =>
        move(
          address,
          { kind: 'transfer', from: 'main', to: 'cellar', quantity: 1 },
          newId(),
          movers[index % 2],
        ),
      );
      const back = Array.from({ length: 6 }, (_, index) =>
        move(
          address,
          { kind: 'transfer', from: 'cellar', to: 'main', quantity: 1 },
          newId(),
          movers[index % 2],
        ),
      );
      const demand = [{ variantId: address.variantId, quantity: 1 }];
      const bought = Array.from({ length: 12 }, () =>
        other.unitOfWork.run((tx) => taker.take(tx, store.id, demand)),
      );
      const isDone = (each: PromiseSettledResult<unknown>) => each.status === 'fulfilled';
      const results = await Promise.allSettled([...out, ...back, ...bought]);
      const refused = results.flatMap((each) =>
        each.status === 'rejected' ? [(each.reason as { code: string }).code] : [],
      );
      expect(new Set(refused)).toEqual(new Set(['inventory.not-enough']));
      const [left, sold] = [results.slice(0, 12), results.slice(18)];
      expect(left.filter(isDone).length).toBeGreaterThan(0);
      const { main = 0, cellar = 0 } = await onHand(address);
      expect(main).toBeGreaterThanOrEqual(0);
      expect(cellar).toBeGreaterThanOrEqual(0);
      expect(main + cellar).toBe(10 - sold.filter(isDone).length);
    } finally {
      await other.close();
    }
  });

  it('are refused, and change nothing, when they break a rule or name what is not there', async () => {
    const { address } = await kept(5);
    const foreign = await kept(5);
    const cases: [string, StockMovementRequest, Address?][] = [
      ['inventory.movement-invalid', { kind: 'receipt', location: 'main', quantity: 0 }],
      ['inventory.movement-invalid', { kind: 'receipt', location: 'main', quantity: 1e9 }],
      ['inventory.movement-invalid', { kind: 'count', location: 'main', counted: -1 }],
      ['inventory.movement-invalid', { kind: 'transfer', from: 'main', to: 'main', quantity: 1 }],
      ['inventory.not-enough', { kind: 'transfer', from: 'main', to: 'cellar', quantity: 6 }],
      ['inventory.location-not-found', { kind: 'count', location: 'attic', counted: 1 }],
      [
        'inventory.location-not-found',
        { kind: 'transfer', from: 'main', to: 'attic', quantity: 1 },
      ],
      [
        'catalog.product-not-found',
        { kind: 'count', location: 'main', counted: 1 },
        { ...address, storeCode: foreign.address.storeCode },
      ],
    ];
    for (const [code, request, at = address] of cases) {
      await expect(move(at, request)).rejects.toMatchObject({ code });
    }
    expect(await onHand(address)).toEqual({ main: 5 });
    expect(await ledger(address)).toEqual([]);
    const again = locations.create(address.storeCode, { code: 'cellar', name: 'Again' });
    await expect(again).rejects.toMatchObject({ code: 'inventory.location-taken' });
    const odd = locations.create(address.storeCode, { code: 'The cellar', name: 'Odd' });
    await expect(odd).rejects.toMatchObject({ code: 'inventory.location-invalid' });
  });

  it('end with the variant, at every location', async () => {
    const { store, address } = await kept(5, ['PAD', 'PAD-2']);
    await move(address, { kind: 'receipt', location: 'cellar', quantity: 9 });
    await catalog.saveMany(store, [draft(5, ['PAD-2'])]);
    expect(await onHand(address)).toEqual({});
    const [sum] = await catalog.reader.query<{ n: number }>(
      sql`SELECT SUM(quantity) AS n FROM stock_ledger WHERE variant_id = ${address.variantId}`,
    );
    expect(sum?.n).toBe(0);
  });
});
