import { Injectable } from '@nestjs/common';
import { insertRows, KeepsLedger, type Transaction } from '#libs/database';
import { systemClock } from '#libs/kernel';
import type { LedgerReason } from './stock-book.js';

/** How much more of a variant is on hand than before; negative for less. */
export interface StockMovement {
  readonly variantId: string;
  readonly locationId: string;
  readonly quantity: number;
  readonly reason: LedgerReason;
  /** What the movement refers to. */
  readonly reference?: string;
}

/** Adds to the ledgers of stock items; nothing else is ever done to them. */
@Injectable()
@KeepsLedger({
  name: 'stock',
  key: ['variant_id', 'location_id'],
  entries: { table: 'stock_ledger', amount: 'quantity' },
  balances: { table: 'stock_item', amount: 'on_hand' },
})
export class StockLedgerRepository {
  /** Movements of nothing leave no row. */
  async record(tx: Transaction, movements: readonly StockMovement[]): Promise<void> {
    const recordedAt = systemClock.wallMs();
    await insertRows(
      tx,
      'stock_ledger',
      movements
        .filter(({ quantity }) => quantity !== 0)
        .map(({ variantId, locationId, quantity, reason, reference }) => ({
          variant_id: variantId,
          location_id: locationId,
          quantity,
          reason,
          reference: reference ?? null,
          recorded_at: recordedAt,
        })),
    );
  }
}
