const ledger = 'libs/customers/src/model/credit-ledger.ts';
const ledgerSpec = 'libs/customers/src/model/credit-ledger.int-spec.ts';
const sessions = 'libs/customers/src/storefront/shopper-session.repository.ts';
const sessionEditor = 'libs/customers/src/storefront/shopper-session.editor.ts';
const sessionsSpec = 'libs/customers/src/storefront/shopper-sessions.int-spec.ts';
const merge = 'libs/carts/src/model/merged-lines.ts';
const mergeSpec = 'libs/carts/src/model/merged-lines.spec.ts';
const belongingsSpec = 'test/e2e/customer-belongings.e2e-spec.ts';
const ownershipSpec = 'test/e2e/customer-ownership.e2e-spec.ts';
const revocationSpec = 'test/e2e/shopper-revocation.e2e-spec.ts';
const groups = 'libs/customers/src/storefront/group-buyers.ts';
const groupsSpec = 'libs/customers/src/storefront/group-buyers.int-spec.ts';
const linksSpec = 'libs/customers/src/storefront/mail-links.int-spec.ts';
const mailTokens = 'libs/customers/src/model/mail-token.repository.ts';
const pruner = 'libs/customers/src/authoring/customer.pruner.ts';
const prunerSpec = 'libs/customers/src/authoring/customer.pruner.int-spec.ts';
const recordsSpec = 'libs/customers/src/authoring/customer-records.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'customers: an order passes the limit of the credit',
    promise: 'CreditLedger: parallel movements take turns and none passes the limit',
    file: ledger,
    replace: [['sql`balance_minor + ${amountMinor} >= -limit_minor`', 'sql`2 = 2`']],
    suites: [ledgerSpec],
  },
  {
    name: 'customers: a movement is written as often as it is asked for',
    promise: 'CreditLedger: of a kind, there is one entry with a reference',
    file: ledger,
    replace: [
      [
        '    if ((await this.find(tx, address, kind, reference)) !== undefined) return;\n',
        '    const reference2 = `${reference}${Math.random()}`;\n',
      ],
      ['        kind,\n        reference,\n', '        kind,\n        reference: reference2,\n'],
    ],
    suites: [ledgerSpec],
  },
  {
    name: 'customers: a customer has sessions without end',
    promise: 'ShopperSessionRepository: a customer has a bounded number of sessions',
    file: sessions,
    replace: [
      ['rows.slice(customerLimits.sessions - 1)', 'rows.slice(customerLimits.sessions * 2)'],
    ],
    suites: [sessionsSpec],
  },
  {
    name: 'customers: a sign-in stands although the merge of the cart failed',
    promise: 'ShopperSessionEditor.signIn: when alongside fails, there is no session',
    file: sessionEditor,
    replace: [
      [
        'result: await alongside(tx, customer.id)',
        'result: await alongside(tx, customer.id).catch(() => undefined)',
      ],
    ],
    suites: [sessionsSpec],
  },
  {
    name: 'customers: links of before stay valid when somebody registers again',
    promise: 'RegistrationEditor.register: a password of a stranger does not stay',
    file: 'libs/customers/src/storefront/registration.editor.ts',
    replace: [['    await this.tokens.forget(tx, known.id);\n', '']],
    suites: [linksSpec],
  },
  {
    name: 'customers: who has signed out or was blocked is let in for as long as the cache is trusted',
    promise: 'ShopperAuthenticator: an ended session counts on every replica within a second',
    file: 'libs/customers/src/storefront/shopper-region.ts',
    replace: [['  leaseMs: 500,\n', '  leaseMs: 60_000,\n']],
    suites: [revocationSpec],
    needsBuild: true,
  },
  {
    name: 'customers: expiry is not compared',
    promise: 'ShopperAuthenticator: expiry is compared at every use',
    file: 'libs/customers/src/storefront/shopper-authenticator.ts',
    replace: [
      ['session.expiresAt <= this.clock.wallMs()', 'session.expiresAt <= 0 * this.clock.wallMs()'],
    ],
    suites: [ownershipSpec],
    needsBuild: true,
  },
  {
    name: 'customers: an address is removed by its id alone',
    promise: 'AddressBook: every statement names the customer',
    file: 'libs/customers/src/storefront/address-book.ts',
    replace: [
      [
        'sql`DELETE FROM customer_address WHERE id = ${id} AND customer_id = ${customerId}`',
        'sql`DELETE FROM customer_address WHERE id = ${id}`',
      ],
    ],
    suites: [recordsSpec],
  },
  {
    name: 'customers: what a person was written stays when the person is erased',
    promise: 'EraseCustomerHandler: takes away the mails that the person was sent',
    file: 'libs/customers/src/authoring/erase-customer.handler.ts',
    replace: [['    await this.mails.forget(tx, customer.storeId, customer.email);\n', '']],
    suites: [recordsSpec],
  },
  {
    name: 'customers: the address book takes addresses without end',
    promise: 'AddressBook: at most 50 each, also when several are added at once',
    file: 'libs/customers/src/storefront/address-book.ts',
    replace: [['(row?.v ?? 0) >= customerLimits.addresses', '(row?.v ?? 0) < 0']],
    suites: [recordsSpec],
  },
  {
    name: 'customers: what a customer is shown may be kept on the way',
    promise: 'ShopperGuard: nothing on the way may keep what is answered',
    file: 'libs/customers/src/storefront/shopper.guard.ts',
    replace: [[".header('cache-control', 'no-store')", ".header('x-cache-control', 'no-store')"]],
    suites: [ownershipSpec],
    needsBuild: true,
  },
  {
    name: 'customers: promotions are not told the group of a customer',
    promise: 'GroupBuyers: tells promotions in which group a customer is',
    file: groups,
    replace: [['    this.sources.register(this);\n', '']],
    suites: [groupsSpec],
  },
  {
    name: 'customers: a group counts at every store',
    promise: 'GroupBuyers: a customer is somebody at one store',
    file: groups,
    replace: [[' || customer.storeId !== storeId', '']],
    suites: [groupsSpec],
  },
  {
    name: 'customers: a link of a mail opens for ever',
    promise: 'MailTokenRepository: a link opens for a while',
    file: mailTokens,
    replace: [[' AND t.expires_at > ${now}', ' AND ${now} > 0']],
    suites: [linksSpec],
  },
  {
    name: 'customers: a link of a mail opens at every store',
    promise: 'MailTokenRepository: a link opens at one store',
    file: mailTokens,
    replace: [['AND c.store_id = ${storeId} AND', 'AND c.store_id <> ${`-${storeId}`} AND']],
    suites: [linksSpec],
  },
  {
    name: 'customers: accounts that were never confirmed stay for ever',
    promise: 'CustomerPruner: accounts that were never confirmed go',
    file: pruner,
    replace: [
      ['sql`verified_at IS NULL AND erased_at IS NULL', 'sql`1 = 2 AND verified_at IS NULL'],
    ],
    suites: [prunerSpec],
  },
  {
    name: 'customers: a customer goes with the accounts that were never confirmed',
    promise: 'CustomerPruner: accounts that were never confirmed go',
    file: pruner,
    replace: [['sql`verified_at IS NULL AND erased_at IS NULL', 'sql`erased_at IS NULL']],
    suites: [prunerSpec],
  },
  {
    name: 'carts: the token of the guest still opens the cart of the customer',
    promise: 'CartRepository: a cart of a customer opens to that customer alone',
    file: 'libs/carts/src/storefront/cart.repository.ts',
    replace: [['sql`customer_id IS NULL AND token_hash', 'sql`token_hash']],
    suites: [belongingsSpec],
    needsBuild: true,
  },
  {
    name: 'carts: what finds no place at sign-in is lost without a word',
    promise: 'mergeLines: each piece is in the cart or told as left out',
    file: merge,
    replace: [['    if (missing > 0) leftOut.push', '    if (missing < 0) leftOut.push']],
    suites: [mergeSpec],
    isQuick: true,
  },
  {
    name: 'carts: the merge makes a second line of a variant',
    promise: 'mergeLines: a variant has one line',
    file: merge,
    replace: [['    if (there === undefined) newLines', '    if (after > 0) newLines']],
    suites: [mergeSpec],
    isQuick: true,
  },
  {
    name: 'customers: any shopper ends the session of another',
    promise: "ShopperSessionEditor.endOwn: ends one of the shopper's own sessions",
    file: 'libs/customers/src/storefront/shopper-session.editor.ts',
    replace: [
      [
        'WHERE id = ${id} AND customer_id = ${customerId} AND revoked_at IS NULL',
        'WHERE id = ${id} AND ${customerId} IS NOT NULL AND revoked_at IS NULL',
      ],
    ],
    suites: ['libs/customers/src/storefront/shopper-sessions.int-spec.ts'],
  },
  {
    name: 'customers: credit is given in any currency',
    promise: 'errors.md customers.currency-unknown: the store does not sell in this currency',
    file: 'libs/customers/src/authoring/credit.editor.ts',
    replace: [['if (!store.currencies.includes(currency)) throw', 'if (currency === "") throw']],
    suites: ['libs/customers/src/authoring/customer-records.int-spec.ts'],
  },
];
