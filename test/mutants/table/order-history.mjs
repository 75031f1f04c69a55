const copy = 'libs/orders/src/model/history/order-history.copy.ts';
const glance = 'libs/orders/src/model/history/order-glance.ts';
const renewal = 'libs/orders/src/model/history/order-history.renewal.ts';
const history = 'libs/orders/src/storefront/order-history.ts';
const moves = 'libs/orders/src/model/order-moves.ts';
const copySpec = 'libs/orders/src/model/history/order-history.copy.spec.ts';
const renewalSpec = 'libs/orders/src/model/history/order-history.renewal.spec.ts';
const historySpec = 'libs/orders/src/storefront/order-history.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'history: a new order is not there yet',
    promise: 'OrderHistory: an answer is as fresh as any cached value',
    file: 'libs/orders/src/storefront/order.repository.ts',
    replace: [['tx.invalidate(ordersTags.history(order.customerId));', 'void ordersTags;']],
    suites: [historySpec],
  },
  {
    name: 'history: an order is as far as it was before staff moved it',
    promise: 'OrderHistory: an answer is as fresh as any cached value',
    file: moves,
    replace: [['tx.invalidate(ordersTags.history(order.customerId));', 'void ordersTags;']],
    suites: [historySpec],
  },
  {
    name: 'history: an order is as far as it was before its provider spoke',
    promise: 'OrderHistory: an answer is as fresh as any cached value',
    file: moves,
    replace: [['tx.invalidate(ordersTags.history(order.customer_id));', 'void ordersTags;']],
    suites: [historySpec],
  },
  {
    name: 'history: the copy of somebody else is taken for one’s own',
    promise: 'OrderHistoryCopy: what is found was written for this very customer',
    file: copy,
    replace: [['return `${customerId} ${stamp} ', 'return `${stamp} ']],
    suites: [copySpec],
  },
  {
    name: 'history: a copy counts whatever state it shows',
    promise: 'OrderHistoryCopy: it shows the state that was asked for',
    file: copy,
    replace: [['return `${customerId} ${stamp} ', 'return `${customerId} ']],
    suites: [copySpec],
  },
  {
    name: 'history: the orders below a seal may be any',
    promise: 'OrderHistoryCopy: what is found is whole and unchanged',
    file: copy,
    replace: [['  for (const text of texts) hash.update(`${text.length} `).update(text);\n', '']],
    suites: [copySpec],
  },
  {
    name: 'history: states of as many orders with as many changes have one name',
    promise: 'historyStamp: names the state by all that is in it',
    file: glance,
    replace: [['`${id}.${version} `', '`${version > 0 ? id : 0} `']],
    suites: [copySpec],
  },
  {
    name: 'history: a renewal writes what it read before its lease ended',
    promise: 'OrderHistoryRenewal: each copy is made on one replica at a time',
    file: renewal,
    replace: [["if (!lock.isHeld()) return 'unavailable';", '']],
    suites: [renewalSpec],
  },
  {
    name: 'history: a renewal keeps its lock',
    promise: 'OrderHistoryRenewal: the next may renew it at once',
    file: renewal,
    replace: [['await lock.release();', '']],
    suites: [renewalSpec],
  },
  {
    name: 'history: a person who was erased is copied',
    promise: 'OrderHistoryRenewal.renew: of a person who was erased nothing is left there',
    file: renewal,
    replace: [
      [
        '    if (await this.customers.isErased(this.database, customerId)) return undefined;\n',
        '    void this.customers;\n',
      ],
    ],
    suites: [renewalSpec],
  },
  {
    name: 'history: an erasure leaves the copy',
    promise: 'EraseCustomerHandler: takes away what is known of a person',
    file: 'libs/customers/src/authoring/erase-customer.handler.ts',
    replace: [['    await this.observers.tell(tx, customerId);\n', '    void this.observers;\n']],
    suites: [historySpec],
  },
  {
    name: 'history: a copy that Redis did not take away counts as gone',
    promise: 'RenewOrderHistoryHandler: a Redis that is away is asked again',
    file: 'libs/orders/src/authoring/history/renew-order-history.handler.ts',
    replace: [["if (outcome !== 'renewed') throw", "if (outcome === 'taken') throw"]],
    suites: [historySpec],
  },
  {
    name: 'history: what is missing stays missing',
    promise: 'OrderHistory: the copy is made anew behind the request',
    file: history,
    replace: [["if (copied === 'absent') void", "if (copied === 'unavailable') void"]],
    suites: [historySpec],
  },
  {
    name: 'history: the job of an order copies nothing',
    promise: 'WriteOrderMailHandler: then copies the history of its customer',
    file: 'libs/orders/src/authoring/mails/write-order-mail.handler.ts',
    replace: [['if (customerId !== null) await', 'if (customerId === 0) await']],
    suites: [historySpec],
  },
  {
    name: 'history: it ends with the copy',
    promise: 'OrderHistory: what is older is read from the database',
    file: history,
    replace: [['texts.length < HISTORY_LENGTH;', 'texts.length <= HISTORY_LENGTH;']],
    suites: [historySpec],
  },
  {
    name: 'cache: a series is read whole, however long it was made',
    promise: 'SharedStore.readSeries: at most so many',
    file: 'libs/cache/src/shared/redis-shared-store.ts',
    replace: [['[limit - 1]', '[limit - limit - 1]']],
    suites: ['libs/cache/src/shared/redis-shared-store.int-spec.ts'],
  },
  {
    name: 'cache: a series is added to what was there',
    promise: 'SharedStore.writeSeries: in the place of whatever is there',
    file: 'libs/cache/src/shared/shared-scripts.ts',
    replace: [["redis.call('DEL', KEYS[1])\nfor index", 'for index']],
    suites: ['libs/cache/src/shared/redis-shared-store.int-spec.ts'],
  },
];
