const progress = 'libs/orders/src/model/fulfilment/line-progress.ts';
const progressSpec = 'libs/orders/src/model/fulfilment/line-progress.spec.ts';
const counts = 'libs/orders/src/model/fulfilment/line-progress.repository.ts';
const fulfilment = 'libs/orders/src/authoring/fulfilment/order-fulfilment.ts';
const editor = 'libs/orders/src/authoring/order.editor.ts';
const steps = 'libs/orders/src/authoring/returns/return-steps.ts';
const lost = 'libs/orders/src/model/fulfilment/lost-pieces.ts';
const returnsSpec = 'test/e2e/returns.e2e-spec.ts';
const spec = 'test/e2e/fulfilment.e2e-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'orders: an order is shipped though something is still open',
    promise: 'stateOfProgress: shipped when nothing is left to go',
    file: progress,
    replace: [["return isDone ? 'shipped' : 'partly-shipped';", "return 'shipped';"]],
    suites: [progressSpec],
    isQuick: true,
  },
  {
    name: 'orders: pieces of a line that is named twice count once',
    promise: 'mergedQuantities: the same line named twice counts with both quantities',
    file: progress,
    replace: [['(byLine.get(line) ?? 0) + quantity', 'quantity']],
    suites: [progressSpec],
    isQuick: true,
  },
  {
    name: 'orders: more is shipped than was ordered',
    promise: 'LineProgressRepository.ship: orders.quantity-exceeded for more than still has to go',
    file: counts,
    replace: [
      [
        'change: sql`shipped_quantity = shipped_quantity + ${wanted}`,\n      condition: sql`shipped_quantity + cancelled_quantity + ${wanted} <= quantity`,',
        'change: sql`shipped_quantity = shipped_quantity + ${wanted}`,\n      condition: sql`1 = 1`,',
      ],
    ],
    suites: [spec],
    needsBuild: true,
  },
  {
    name: 'orders: nobody looks how many lines a count was raised of',
    promise: 'LineProgressRepository: each count is raised by a conditional statement',
    file: counts,
    replace: [['if (changed !== merged.length) {', 'if (changed < 0) {']],
    suites: [spec],
    needsBuild: true,
  },
  {
    name: 'orders: the stock of cancelled pieces stays taken',
    promise: 'OrderFulfilment.cancel: gives the stock of the pieces back',
    file: fulfilment,
    replace: [['takenOf(order, cancelledRanges(items, lines))', 'takenOf(order, [])']],
    suites: [spec],
    needsBuild: true,
  },
  {
    name: 'orders: what was paid for cancelled pieces is kept',
    promise: 'OrderEditor.cancel: what was paid for the pieces is given back',
    file: editor,
    replace: [['const paymentState = refund\n', 'const paymentState = refund && version < 0\n']],
    suites: [spec],
    needsBuild: true,
  },
  {
    name: 'orders: more comes back than was shipped',
    promise: 'LineProgressRepository.takeBack: orders.quantity-exceeded for more than was shipped',
    file: counts,
    replace: [
      [
        'condition: sql`returned_quantity + ${wanted} <= shipped_quantity`,',
        'condition: sql`1 = 1`,',
      ],
    ],
    suites: [returnsSpec],
    needsBuild: true,
  },
  {
    name: 'orders: what comes back does not go into stock',
    promise: 'ReturnEditor.receive: what is good enough goes back into stock through the ledger',
    file: steps,
    replace: [['takenOf(order, nextRanges(before, good))', 'takenOf(order, [])']],
    suites: [returnsSpec],
    needsBuild: true,
  },
  {
    name: 'orders: what was announced and did not come stays announced',
    promise: 'ReturnEditor.reject: the pieces may be announced again',
    file: steps,
    replace: [['order.id, kept)', 'order.id, kept.slice(0, 0))']],
    suites: [returnsSpec],
    needsBuild: true,
  },
  {
    name: 'orders: pieces that came back are not lost',
    promise: 'LostPieces: counts pieces that came back in returns that are closed',
    file: lost,
    replace: [["r.state = 'closed'", "r.state = 'rejected'"]],
    suites: [returnsSpec],
    needsBuild: true,
  },
  {
    name: 'orders: pieces that were cancelled are not lost',
    promise: 'LostPieces: counts pieces that were cancelled',
    file: lost,
    replace: [['l.cancelled_quantity + COALESCE((', 'COALESCE((']],
    suites: ['libs/orders/src/authoring/lost-pieces.int-spec.ts'],
  },
  {
    name: 'orders: a return is taken in any state',
    promise: 'ReturnEditor: orders.action-refused when the return is in no state for it',
    file: steps,
    replace: [
      [
        'const isInState = found.state === FROM[next];',
        'const isInState = found.state === FROM[next] || tx !== undefined;',
      ],
    ],
    suites: [returnsSpec],
    needsBuild: true,
  },
];
