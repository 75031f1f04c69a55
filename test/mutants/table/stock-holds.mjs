const suites = ['libs/orders/src/storefront/held-carts.int-spec.ts'];
const pureSuites = ['libs/carts/src/model/held-lines.spec.ts'];
const holds = 'libs/inventory/src/model/stock-holds.ts';
const reserved = 'libs/inventory/src/model/reserved-stock.ts';
const taker = 'libs/inventory/src/model/stock-taker.ts';
const cartHolds = 'libs/carts/src/storefront/cart-holds.ts';
const heldLines = 'libs/carts/src/model/held-lines.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'holds: the last piece is kept twice',
    promise: 'raiseReserved: of those of which there is as much on hand that is not reserved',
    file: 'libs/inventory/src/model/stock-statements.ts',
    replace: [['on_hand - reserved + ${quantityAt(held)} >= ${quantityOf(demands)}', '1 = 1']],
    suites,
  },
  {
    name: 'holds: what can be ordered anyway is kept',
    promise: 'raiseReserved: of what there is always enough nothing is reserved',
    file: reserved,
    replace: [['is_tracked = 1 AND allows_backorder = 0 THEN', 'is_tracked = 1 THEN']],
    suites,
  },
  {
    name: 'holds: others do not hear that there is none left',
    promise: 'raiseReserved: shoppers’ copies are voided where they see something else',
    file: reserved,
    replace: [['if (availabilityOf(before) !== availabilityOf(after)) {', 'if (raisedBy < 0) {']],
    suites,
  },
  {
    name: 'holds: what is released stays reserved',
    promise: 'StockHolds.releaseExpired: gives back what has expired',
    file: holds,
    replace: [
      ['  await lowerReserved(tx, holds);\n  return holds.length;', '  return holds.length;'],
    ],
    suites,
  },
  {
    name: 'holds: what has not expired is released',
    promise: 'StockHolds.releaseExpired: what has expired',
    file: holds,
    replace: [
      ['WHERE expires_at <= ${now}', 'WHERE 1 = 1'],
      ['IN ${sql.in([...holderIds])} AND expires_at <= ${now}', 'IN ${sql.in([...holderIds])}'],
    ],
    suites,
  },
  {
    name: 'holds: an expired hold waits for the job',
    promise: 'StockHolds.bring: what others hold that has expired is no reason',
    file: holds,
    replace: [
      [
        'if (raised.short.length === 0) return raised;',
        'if (raised.short.length < 9) return raised;',
      ],
    ],
    suites,
  },
  {
    name: 'holds: a refused item loses what was kept of it',
    promise: 'StockHolds.bring: what is wanted of a variant is kept whole or stays as it was',
    file: holds,
    replace: [
      [
        'joined([...stays, ...parts]',
        'joined([...stays.filter((hold) => !missing.some((each) => each.variantId === hold.variantId)), ...parts]',
      ],
    ],
    suites,
  },
  {
    name: 'holds: a smaller line keeps what the larger one kept',
    promise: 'StockHolds.bring: brings what is kept to what is wanted',
    file: holds,
    replace: [['await lowerReserved(tx, surplus);\n    const had', 'const had']],
    suites,
  },
  {
    name: 'holds: two carts that become one keep what they kept',
    promise: 'CustomerCarts.adopt: the holds of the guest’s cart become those of the customer’s',
    file: cartHolds,
    replace: [['if (brought.holdingSince === null) return;', 'if (brought.id !== "") return;']],
    suites,
  },
  {
    name: 'holds: two carts that become one keep more than one may',
    promise: 'CartHolds.merge: within what is kept for one cart',
    file: cartHolds,
    replace: [['rules === null ? [] : heldLines(lines, rules)', 'rules === null ? [] : lines']],
    suites,
  },
  {
    name: 'holds: an order takes what others could have beside its own hold',
    promise: 'StockTaker.take: what is kept for the holder is taken before anything else',
    file: taker,
    replace: [
      [
        'held = holderId === undefined ? [] : await takeHolds(tx, holderId)',
        'held = [] as LocatedHold[]',
      ],
    ],
    suites,
  },
  {
    name: 'holds: an order leaves what it took reserved',
    promise: 'StockTaker.take: by the same statement it is kept no longer',
    file: 'libs/inventory/src/model/stock-sale.ts',
    replace: [['sql`reserved = reserved - ${quantityAt(held)},`', 'sql.empty']],
    suites,
  },
  {
    name: 'holds: an order from a hold voids what nobody sees otherwise',
    promise: 'StockTaker.take: in one statement, so others see nothing in between',
    file: taker,
    replace: [['after.reserved + (heldAt.get(placeOfRow(row)) ?? 0)', 'after.reserved']],
    suites,
  },
  {
    name: 'holds: whose it is sees none left',
    promise: 'Cart.heldVariants: kept for it, whatever others see',
    file: 'libs/carts/src/storefront/cart-pricing.ts',
    replace: [[' || cart.heldVariants.has(line.variantId)', '']],
    suites,
  },
  {
    name: 'holds: a refused item lies in the cart all the same',
    promise: 'CartEditor.addItems: what cannot be added is told item by item',
    file: 'libs/carts/src/storefront/cart.editor.ts',
    replace: [['short.size === 0 ? wanted : placeItems', 'short.size >= 0 ? wanted : placeItems']],
    suites,
  },
  {
    name: 'holds: a line becomes more than can be kept',
    promise: 'CartEditor.setQuantity: throws inventory.not-enough',
    file: 'libs/carts/src/storefront/cart.editor.ts',
    replace: [['assertKept?.(before, cart, short);', '']],
    suites,
  },
  {
    name: 'holds: a line that becomes less is refused',
    promise: 'CartEditor.setQuantity: for more than can be kept',
    file: 'libs/carts/src/storefront/cart.editor.ts',
    replace: [['if (isMore && short.has(variantId)) {', 'if (short.has(variantId)) {']],
    suites,
  },
  {
    name: 'holds: a store that keeps nothing leaves what was kept',
    promise: 'CartHolds.keep: what is kept goes when the store keeps nothing any more',
    file: cartHolds,
    replace: [['if (holdingSince !== null) await this.end(tx, id);', '']],
    suites,
  },
  {
    name: 'holds: a pruned cart leaves what was kept for it',
    promise: 'CartPruner: what was kept for carts that go is given back',
    file: 'libs/carts/src/authoring/cart.pruner.ts',
    replace: [['await this.holds.release(tx, ids);', '']],
    suites,
  },
  {
    name: 'holds: what is kept of a variant that is gone stays',
    promise: 'StockBookRepository: nothing is kept of it for anybody',
    file: 'libs/inventory/src/authoring/stock-book.repository.ts',
    replace: [["await deleteRows(tx, 'stock_hold', 'variant_id', ids);", '']],
    suites,
  },
  {
    name: 'holds: an order that awaits its stock may lose it to a cart',
    promise: 'OrderPlacing: its goods are kept until a job takes them',
    file: 'libs/orders/src/storefront/order-placing.ts',
    replace: [['if (holds && !takesStock) {', 'if (holds && takesStock) {']],
    suites,
  },
  {
    name: 'holds: a confirmed order leaves what it took reserved',
    promise: 'OrderConfirmation: takes what is kept for the order',
    file: 'libs/orders/src/authoring/confirming/order-confirmation.ts',
    replace: [['      holderId: order.id,\n', '']],
    suites,
  },
  {
    name: 'holds: a cart keeps goods for as long as it is written',
    promise: 'holdingTime: within any day for at most four times what the store says',
    file: heldLines,
    replace: [['Math.min(now, begin + (HOLDING_TIMES - 1) * minutes * MINUTE_MS)', 'now']],
    suites: pureSuites,
    isQuick: true,
  },
  {
    name: 'holds: an allowance is never renewed',
    promise: 'holdingTime: begins anew a day later',
    file: heldLines,
    replace: [['since === null || now - since >= HOLDING_DAY_MS ? now', 'since === null ? now']],
    suites: pureSuites,
    isQuick: true,
  },
  {
    name: 'holds: a cart keeps everything',
    promise: 'heldLines: no more than the store keeps of one item',
    file: heldLines,
    replace: [['quantity <= pieces', 'quantity <= pieces + 1']],
    suites: pureSuites,
    isQuick: true,
  },
  {
    name: 'holds: a cart keeps every item',
    promise: 'heldLines: of its first lines',
    file: heldLines,
    replace: [['.slice(0, cartLimits.heldItems)', '']],
    suites: pureSuites,
    isQuick: true,
  },
];
