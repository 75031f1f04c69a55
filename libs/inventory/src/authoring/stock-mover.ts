import { Injectable } from '@nestjs/common';
import { IdempotentUnitOfWork, type Transaction } from '#libs/database';
import { staleVersion } from '#libs/kernel';
import { inventoryErrors } from '../model/inventory.errors.js';
import { inventoryTags } from '../model/inventory.tags.js';
import { StockLedgerRepository } from '../model/stock-ledger.repository.js';
import { movementBreaches, type StockMovementRequest } from '../model/stock-movement.js';
import { availabilityOf, NO_STOCK, stockBreaches, type StoredStock } from '../model/stock.js';
import { StockedProducts, type VariantAddress } from '../model/stocked-products.js';
import { StockItemRepository, type MovedStock, type StockPlace } from './stock-item.repository.js';

interface HeldItem {
  readonly code: string;
  readonly isSoldFrom: boolean;
  readonly place: StockPlace;
  readonly stock: StoredStock;
}

/** What becomes of what is on hand at one location. */
interface Step {
  readonly item: HeldItem;
  readonly onHand: number;
}

/**
 * Receipts, counts and transfers; one unit of work each, once for a key. The rows are held from reading to
 * writing, every difference has its ledger row with reason and reference, and it is audited. Shoppers'
 * copies are voided where they see something else, which only locations change that are sold from.
 */
@Injectable()
export class StockMover {
  constructor(
    private readonly unitOfWork: IdempotentUnitOfWork,
    private readonly products: StockedProducts,
    private readonly items: StockItemRepository,
    private readonly ledger: StockLedgerRepository,
  ) {}

  /**
   * Resolves with what is on hand where something moved. Throws `inventory.movement-invalid`,
   * `inventory.location-not-found`, `inventory.not-enough` for a transfer of more than is there and not
   * reserved, and what {@link StockedProducts.lock} throws.
   */
  move(
    address: VariantAddress,
    request: StockMovementRequest,
    { reference, key }: { readonly reference: string; readonly key: string },
  ): Promise<MovedStock[]> {
    const errors = movementBreaches(request, reference);
    const scope = `stock-movements:${address.variantId}`;
    const once = { scope, key, body: { ...address, ...request, reference } };
    return this.unitOfWork.exclusively(once, () =>
      this.unitOfWork.run(once, async (tx) => {
        const { storeId } = await this.products.lock(tx, address);
        if (errors.length > 0) throw inventoryErrors.movementInvalid({ details: { errors } });
        const steps = await this.stepsOf(request, (code) => this.hold(tx, storeId, code, address));
        for (const step of steps) await this.write(tx, step, request.kind, reference);
        tx.audit({
          action: `inventory:stock:${request.kind}`,
          entity: 'stock',
          entityId: address.variantId,
          before: shown(steps.map(({ item }) => ({ ...item, onHand: item.stock.onHand }))),
          after: { reference, ...shown(steps.map(({ item, onHand }) => ({ ...item, onHand }))) },
        });
        return steps.map(({ item, onHand }) => ({ location: item.code, onHand }));
      }),
    );
  }

  private async stepsOf(
    request: StockMovementRequest,
    hold: (code: string) => Promise<HeldItem>,
  ): Promise<Step[]> {
    if (request.kind === 'transfer') {
      const { quantity } = request;
      const from = await hold(request.from);
      const to = await hold(request.to);
      if (from.stock.onHand - from.stock.reserved < quantity) {
        throw inventoryErrors.notEnough({ details: { variantIds: [from.place.variantId] } });
      }
      return [
        { item: from, onHand: from.stock.onHand - quantity },
        { item: to, onHand: to.stock.onHand + quantity },
      ];
    }
    const item = await hold(request.location);
    const onHand =
      request.kind === 'count' ? request.counted : item.stock.onHand + request.quantity;
    return [{ item, onHand }];
  }

  private async hold(
    tx: Transaction,
    storeId: string,
    code: string,
    { productId, variantId }: VariantAddress,
  ): Promise<HeldItem> {
    const found = await this.items.at(tx, { storeId, code, productId, variantId });
    const { locationId, isSoldFrom, stock = NO_STOCK } = found;
    if (locationId === undefined) throw inventoryErrors.locationNotFound({ details: { code } });
    return { code, isSoldFrom, place: { locationId, productId, variantId }, stock };
  }

  private async write(
    tx: Transaction,
    { item: { isSoldFrom, place, stock: before }, onHand }: Step,
    reason: StockMovementRequest['kind'],
    reference: string,
  ): Promise<void> {
    const after = { ...before, onHand, version: before.version + 1 };
    const errors = stockBreaches(after);
    if (errors.length > 0) throw inventoryErrors.movementInvalid({ details: { errors } });
    const { locationId, productId, variantId } = place;
    const quantity = onHand - before.onHand;
    if (before.version === 0) await this.items.insert(tx, place, after);
    else if (quantity !== 0 && !(await this.items.update(tx, place, after))) {
      throw staleVersion(before.version);
    }
    await this.ledger.record(tx, [{ variantId, locationId, quantity, reason, reference }]);
    const isShown =
      isSoldFrom && (before.version === 0 || availabilityOf(before) !== availabilityOf(after));
    if (isShown) tx.invalidate(inventoryTags.availability(productId));
  }
}

function shown(items: readonly MovedAt[]) {
  return { onHand: Object.fromEntries(items.map(({ code, onHand }) => [code, onHand])) };
}

interface MovedAt {
  readonly code: string;
  readonly onHand: number;
}
