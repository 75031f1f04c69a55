const watches = 'libs/push/src/live/live-watches.ts';
const unit = ['libs/push/src/live/live-watches.spec.ts'];
const shop = ['apps/commerce/src/live/live-api.int-spec.ts'];

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'live: a lost touch is never made good',
    promise: 'LiveWatches: one that is lost is made good by the next sweep',
    file: watches,
    replace: [['if (watch.source.isSwept) this.due.add(watch);', '']],
    suites: unit,
  },
  {
    name: 'live: every change is a message',
    promise: 'LiveWatches: a few times a second at most',
    file: watches,
    replace: [['const LOOK_INTERVAL_MS = 250;', 'const LOOK_INTERVAL_MS = 0;']],
    suites: unit,
  },
  {
    name: 'live: a change while the answer is on its way is told before it',
    promise:
      'LiveWatches.watch: resolves with each as it is now, and what comes later is told later',
    file: watches,
    replace: [['if (isWatched && watch.isAnswering) continue;', '']],
    suites: unit,
  },
  {
    name: 'live: what could not be told is forgotten',
    promise:
      'LiveWatches: a connection that cannot be confirmed, or does not take it, is told later',
    file: watches,
    replace: [['for (const watch of ofClient) this.due.add(watch);', '']],
    suites: unit,
  },
  {
    name: 'live: a slow client is sent more and more',
    promise: 'LiveWatches: a client that has not taken the last message gets no other one',
    file: watches,
    replace: [['if (this.isStuck(client)) continue;', '']],
    suites: unit,
  },
  {
    name: 'live: a client that takes no answer asks for ever',
    promise: 'LiveWatches.watch: answers count as well',
    file: watches,
    replace: [['    this.isStuck(client);\n', '']],
    suites: unit,
  },
  {
    name: 'live: what a client took between two looks does not count',
    promise: 'WatchingClient: it has taken something as soon as its transport is ready for more',
    file: 'libs/push/src/live/watching-client.ts',
    replace: [['if (this.stuck === stuck) this.stuck = undefined;', '']],
    suites: unit,
  },
  {
    name: 'live: a client that has gone is kept while it is answered',
    promise: 'LiveWatches: nothing is kept of a client that has gone',
    file: watches,
    replace: [['client.socket.connected ? watches : []', 'watches']],
    suites: unit,
  },
  {
    name: 'live: a failure of one kind keeps all from being told',
    promise: 'LiveWatches: a kind that cannot be looked at leaves the others alone',
    file: watches,
    replace: [
      ['    this.tell(watches);\n', '    if (failure === undefined) this.tell(watches);\n'],
    ],
    suites: unit,
  },
  {
    name: 'live: nobody looks again after a failure',
    promise: 'LiveWatches: what could not be looked at is looked at again',
    file: watches,
    replace: [['for (const watch of unseen) this.due.add(watch);', '']],
    suites: unit,
  },
  {
    name: 'live: what replicas say of topics is not heard',
    promise: 'withTouches: takes which topics were touched',
    file: 'libs/push/src/live/touched-adapter.ts',
    replace: [['for (const topic of rooms) touch(topic, noteDelivery);', '']],
    suites: shop,
  },
  {
    name: 'live: a cart opens to whoever knows its id',
    promise: 'CartVersions: undefined for what does not open',
    file: 'libs/carts/src/storefront/cart-versions.ts',
    replace: [
      [
        '`(id = ${id} AND customer_id IS NULL AND token_hash = ${tokenHash})`',
        '`(id = ${id} AND (${tokenHash} = ${tokenHash} OR 1 = 1))`',
      ],
      ['row === undefined || !opens(cart, row)', 'row === undefined'],
    ],
    suites: shop,
  },
  {
    name: 'live: an order opens to whoever knows its number',
    promise: 'OrderProgressReader: undefined for what does not open',
    file: 'libs/orders/src/storefront/order-progress.reader.ts',
    replace: [
      ['row === undefined || !opens(opening, row)', 'row === undefined'],
      ['(id = ${linkedId} OR customer_id', '(1 = 1 OR id = ${linkedId} OR customer_id'],
    ],
    suites: shop,
  },
  {
    name: 'live: a guest is believed for ever',
    promise: 'GuestCarts: an answer counts for half a second',
    file: 'apps/commerce/src/live/guest-carts.ts',
    replace: [['const TRUSTED_MS = 500;', 'const TRUSTED_MS = Infinity;']],
    suites: shop,
  },
  {
    name: 'live: sockets do not know that live push is off',
    promise: 'ShopperPushAuthenticator: while `livePush` is off it stands for nobody',
    file: 'apps/commerce/src/live/shopper-push-authenticator.ts',
    replace: [["if (!(await this.settings.isOn('livePush')))", 'if (false)']],
    suites: shop,
  },
  {
    name: 'live: an address has as many connections as it likes',
    promise: 'SocketLimits: connections from one address to this replica',
    file: 'libs/push/src/sockets/socket-sessions.ts',
    replace: [[' || ofNetwork >= this.limits.maxPerNetwork', '']],
    suites: shop,
  },
  {
    name: 'live: an address connects as often as it likes',
    promise: 'attachLivePush: `mayConnect` is asked for each new connection',
    file: 'libs/push/src/sockets/push-io.adapter.ts',
    replace: [['mayConnect(request) ? undefined', 'true ? undefined']],
    suites: shop,
  },
  {
    name: 'live: moving an order touches nothing',
    promise: 'OrderMoves: an open page hears of it at once',
    file: 'libs/orders/src/model/order-moves.ts',
    replace: [['tx.touch(orderTopic(number));', '']],
    suites: shop,
  },
];
