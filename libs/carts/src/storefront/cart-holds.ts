import { Injectable } from '@nestjs/common';
import { sql, type Transaction } from '#libs/database';
import { StockHolds, type KeptStock } from '#libs/inventory';
import { StoreSettingsReader, type StockHoldRules } from '#libs/stores';
import type { Cart, CartLine } from '../model/cart.js';
import { heldLines, holdingTime } from '../model/held-lines.js';

/** null: the store keeps nothing for carts. */
export type HoldRules = StockHoldRules | null;

const NOTHING: KeptStock = { kept: new Set(), short: new Set() };

/**
 * What is kept of stock for carts, where a store says so. Where none does, it costs a cart no statement. The cart must be
 * claimed by the unit of work, so that what writes its holds takes turns.
 */
@Injectable()
export class CartHolds {
  constructor(
    private readonly settings: StoreSettingsReader,
    private readonly holds: StockHolds,
  ) {}

  /** From memory, so it is asked for before the unit of work. */
  async rulesOf(storeCode: string): Promise<HoldRules> {
    return (await this.settings.get(storeCode, 'sales')).stockHolds ?? null;
  }

  /**
   * Keeps what lies in the cart, or would with these lines, and renews what is kept. Of the variants of which there is too
   * little as much is kept as was before.
   */
  async keep(
    tx: Transaction,
    { id, storeId, holdingSince, lines }: Cart,
    rules: HoldRules,
    now: number,
  ): Promise<KeptStock> {
    if (rules === null) {
      if (holdingSince !== null) await this.end(tx, id);
      return NOTHING;
    }
    const wanted = heldLines(lines, rules);
    if (wanted.length === 0 && holdingSince === null) return NOTHING;
    const { since, until } = holdingTime(holdingSince, now, rules);
    if (since !== holdingSince) await setHoldingSince(tx, id, since);
    const holder = { holderId: id, storeId, now, expiresAt: until ?? now };
    return this.holds.bring(tx, holder, until === undefined ? [] : wanted);
  }

  /**
   * The holds of a guest's cart become those of the customer's, as far as its lines go and within what is kept for one cart: of
   * more pieces than that nothing is, as when they are put in.
   */
  async merge(
    tx: Transaction,
    brought: Cart,
    own: Cart,
    lines: readonly Pick<CartLine, 'variantId' | 'quantity'>[],
    rules: HoldRules,
  ): Promise<void> {
    if (brought.holdingSince === null) return;
    const held = rules === null ? [] : heldLines(lines, rules);
    const most = new Map(held.map(({ variantId, quantity }) => [variantId, quantity]));
    await this.holds.merge(tx, { from: brought.id, into: own.id }, most);
    if (own.holdingSince === null) await setHoldingSince(tx, own.id, brought.holdingSince);
  }

  private async end(tx: Transaction, id: string): Promise<void> {
    await this.holds.release(tx, [id]);
    await setHoldingSince(tx, id, null);
  }
}

async function setHoldingSince(tx: Transaction, id: string, since: number | null): Promise<void> {
  await tx.execute(sql`
    UPDATE cart
    SET holding_since = ${since}
    WHERE id = ${id}`);
}
