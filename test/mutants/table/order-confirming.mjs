const confirming = 'libs/orders/src/authoring/confirming';
const suites = [`${confirming}/order-confirmation.int-spec.ts`];
const statesSpec = ['libs/orders/src/model/order-state.spec.ts'];
const waiting = 'libs/orders/src/model/confirming/waiting-part.ts';
const states = 'libs/orders/src/model/order-state.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'confirming: an order whose stock was not taken has no job',
    promise: 'OrderPlacing: the job that takes the stock commits with the order',
    file: 'libs/orders/src/storefront/order-placing.ts',
    replace: [['if (awaits !== null) await enqueueConfirmation(tx, id);', '']],
    suites,
  },
  {
    name: 'confirming: a switch that is thrown after the plan changes nothing',
    promise: 'CheckoutPlanning: the switch belongs to what a plan is built from',
    file: 'libs/scaling/src/storefront/runtime-settings.reader.ts',
    replace: [['tags: () => [scalingTags.settings()]', 'tags: () => []']],
    suites,
  },
  {
    name: 'confirming: an order is confirmed once more by each job',
    promise: 'OrderConfirmation.confirm: each line is taken once',
    file: `${confirming}/order-confirmation.ts`,
    replace: [
      [
        'if (order === undefined || order.awaits === null) return IDLE;',
        'if (order === undefined) return IDLE;',
      ],
      [
        'waitingPart(order, await',
        "waitingPart({ ...order, awaits: order.awaits ?? 'confirmation' }, await",
      ],
      ["order.awaits === 'confirmation' || ", "order.awaits !== 'stock' || "],
    ],
    suites,
  },
  {
    name: 'confirming: stock is taken that is not there',
    promise: 'StockTaker.takeEach: nothing of what there is too little of',
    file: 'libs/inventory/src/model/stock-statements.ts',
    replace: [
      [
        'on_hand - reserved + ${quantityAt(held)} >= ${quantityOf(demands)}',
        'on_hand - reserved + ${quantityAt(held)} + 1000000 >= ${quantityOf(demands)}',
      ],
    ],
    suites,
  },
  {
    name: 'confirming: what was cancelled before is taken all the same',
    promise: 'waitingPart: what was cancelled meanwhile needs no stock',
    file: waiting,
    replace: [
      [
        'const open = openPart(progress);',
        'const open = openPart(progress.map((each) => ({ ...each, cancelled: 0 })));',
      ],
    ],
    suites,
  },
  {
    name: 'confirming: lines that have their stock take it again',
    promise: 'waitingPart: of an order that is delayed only what is delayed',
    file: waiting,
    replace: [
      [
        '=> order.lines[line - 1]?.isDelayed === true);\n}\n\n/** What an',
        '=> line > 0);\n}\n\n/** What an',
      ],
    ],
    suites,
  },
  {
    name: 'confirming: an order stays delayed when all that is delayed was cancelled',
    promise: 'awaitsAfter: nothing when none of its lines is delayed any more',
    file: waiting,
    replace: [
      ["return isWaiting ? 'stock' : null;", "return isWaiting || 'stock' ? 'stock' : null;"],
    ],
    suites,
  },
  {
    name: 'confirming: a cancelled order goes on waiting',
    promise: 'OrderMoves: a cancelled order waits for nothing',
    file: 'libs/orders/src/model/order-moves.ts',
    replace: [["  if (state === 'cancelled') return null;\n", '']],
    suites,
  },
  {
    name: 'confirming: shoppers are told of a delay each time it is looked at',
    promise: 'ConfirmingNews: once when something is delayed, once when it no longer is',
    file: `${confirming}/confirming-news.ts`,
    replace: [['if (wasTold) await this.write', 'if (!wasTold) await this.write']],
    suites,
  },
  {
    name: 'confirming: staff are not told of a delay',
    promise: 'ConfirmingNews: tells staff when something is delayed',
    file: `${confirming}/confirming-news.ts`,
    replace: [["type: 'order-delayed'", "type: 'order-placed'"]],
    suites,
  },
  {
    name: 'confirming: nobody looks for orders whose own job came to nothing',
    promise: 'FindAwaitingOrdersHandler: its own job may be dead',
    file: `${confirming}/find-awaiting-orders.handler.ts`,
    replace: [['placedAt < overdueBefore', 'placedAt < 0']],
    suites,
  },
  {
    name: 'confirming: delayed orders have a job at each look, whatever there is',
    promise: 'AwaitingOrders.findServable: of which some delayed line can be had by now',
    file: `${confirming}/awaiting-orders.ts`,
    replace: [
      [
        '.filter(({ variant_id: variantId }) => enough.has(variantId))',
        '.filter(() => enough !== undefined)',
      ],
    ],
    suites,
  },
  {
    name: 'confirming: delayed lines are put into parcels',
    promise: 'OrderEditor.ship: of lines that are not delayed',
    file: 'libs/orders/src/authoring/order.editor.ts',
    replace: [['if (lines.length === 0) return;', 'if (lines.length >= 0) return;']],
    suites,
  },
  {
    name: 'confirming: an order is shipped before it is confirmed',
    promise: 'stateAfter: nothing is shipped of an order that awaits its confirmation',
    file: states,
    replace: [["      if (awaits === 'confirmation') return undefined;\n", '']],
    suites: statesSpec,
  },
  {
    name: 'confirming: promised money is taken before an order is confirmed',
    promise: 'stateAfter: no promised money is taken of an order that awaits its confirmation',
    file: states,
    replace: [[" || awaits === 'confirmation' ? undefined", ' ? undefined']],
    suites: statesSpec,
  },
  {
    name: 'confirming: the mail of an order that is not confirmed promises everything',
    promise: 'confirmationLetter: says that it is still checked whether everything is there',
    file: 'libs/orders/src/model/letters/order-letters.ts',
    replace: [["order.awaits === 'confirmation'", 'order.awaits === undefined']],
    suites: ['libs/orders/src/model/letters/order-letters.spec.ts'],
  },
];
