import { eventually, type RunningFleet } from '#libs/testing';
import type { InvoiceList } from '../../apps/commerce/src/invoices/invoice.schemas.js';
import type { BatchAnswer } from '../../apps/authoring/src/promotions/coupon.schemas.js';
import type { ProductAnswer } from '../../apps/authoring/src/catalog/product.schemas.js';
import { createStore } from './catalog-client.js';
import { register, signIn } from './customer-client.js';
import { DatabaseView } from './database-view.js';
import type { DocumentChecker, Operation } from './document-checker.js';
import { OrderStaff } from './order-staff.js';
import { createPromotion } from './promotion-client.js';
import { ReplicaClient } from './replica-client.js';
import {
  checkout,
  createWare,
  fillCart,
  openShop,
  withToken,
  type HeldCart,
} from './shop-client.js';
import { ifMatch } from './staff-accounts.js';

export const STORE = 'documented';
export const SLUG = 'drill';
/** The id of nothing. */
export const NOBODY = '01900000-0000-7000-8000-000000000000';
const SCALING_RULES = `
mode: advise
constraints:
  - { name: bounds, ranges: { commerce: { min: 1, max: 3 }, authoring: { min: 1, max: 3 } } }
`;
const CHANGE = { kind: 'percent', percentPpm: -100_000 };

/** What the routes of the documents are about: every list has something in it. */
interface Things {
  readonly product: ProductAnswer;
  readonly held: HeldCart;
  readonly orderNumber: string;
  readonly invoiceId: string;
  readonly ownOrderNumber: string;
  readonly batch: BatchAnswer;
  readonly exportId: string;
}

/** A store that has one of everything, those who ask for it, and the address of each thing in the routes of a document. */
export class DocumentedShop {
  private constructor(
    readonly staff: ReplicaClient,
    /** A guest. */
    readonly shopper: ReplicaClient,
    readonly customer: ReplicaClient,
    private readonly things: Things,
  ) {}

  static async open(fleet: RunningFleet): Promise<DocumentedShop> {
    const staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    const shopper = new ReplicaClient(fleet.commerce[0]!.url);
    await createStore(staff, STORE);
    const product = await addProduct(staff);
    await openShop(staff, STORE);
    await createWare(staff, STORE, 'BIT');
    const bits = [{ sku: 'BIT', quantity: 1 }];
    const { held, cart } = await fillCart(shopper, STORE, bits);
    const order = (await checkout(shopper, held, cart.total, 'once')).body;
    await new OrderStaff(staff, STORE).post(order.id, 'shipments', 1, {});
    const invoiceId = await eventually('what was shipped is billed', async () => {
      const path = `/orders/${order.number}/invoices`;
      const { body: issued } = await shopper.get<InvoiceList>(path, withToken(held));
      return issued.items[0]?.id;
    });
    const database = await DatabaseView.open(fleet.databaseUrl);
    const account = { store: STORE, email: 'ada@example.com' };
    await register(shopper, database, account);
    await database.close();
    const { client: customer } = await signIn(shopper, account);
    const own = await fillCart(customer, STORE, bits);
    const ownOrder = (await checkout(customer, own.held, own.cart.total, 'own')).body;
    const exportId = await exportOfOnlyCustomer(staff);
    const batch = await addCoupons(staff);
    await addTheRest(staff);
    return new DocumentedShop(staff, shopper, customer, {
      product,
      held,
      orderNumber: order.number,
      invoiceId,
      ownOrderNumber: ownOrder.number,
      batch,
      exportId,
    });
  }

  get product(): ProductAnswer {
    return this.things.product;
  }

  /** What opens the cart and the order of the guest. */
  get held(): Readonly<Record<string, string>> {
    return withToken(this.things.held);
  }

  /** A route of a commerce replica that answers 200. */
  storefrontRoute(path: string, operation: Operation): string {
    const { held, orderNumber, ownOrderNumber, invoiceId } = this.things;
    const isOwn = path.startsWith('/api/v1/customers/me');
    const filled = fill(path, {
      store: STORE,
      slug: path.includes('/categories/{slug}') ? 'tools' : SLUG,
      id: path.includes('/invoices/{id}') ? invoiceId : held.id,
      number: isOwn ? ownOrderNumber : orderNumber,
    });
    return withQuery(filled, operation);
  }

  /** A route of an authoring replica that answers 200: ids are those of the first thing in the list beside it. */
  async backOfficeRoute(
    path: string,
    operation: Operation,
    document: DocumentChecker,
  ): Promise<string> {
    const { product, batch, exportId } = this.things;
    const known = {
      code: STORE,
      region: await this.cacheRegion(),
      version: '1',
      batchId: batch.id,
      exportId,
      variantId: product.variants[0]?.id ?? '',
      currency: 'EUR',
    };
    if (!path.includes('{id}')) return withQuery(fill(path, known), operation);
    if (path.includes('{variantId}')) {
      return withQuery(fill(path, { ...known, id: product.id }), operation);
    }
    const listPath = path.slice(0, path.indexOf('/{id}'));
    const list = document.operation('GET', listPath);
    const { body } = await this.staff.call<{ items: { id: string }[] }>(
      'GET',
      withQuery(fill(listPath, {}), list),
    );
    return withQuery(fill(path, { ...known, id: body.items[0]?.id ?? '' }), operation);
  }

  /** The name of one that an authoring replica has. */
  private cacheRegion(): Promise<string> {
    return eventually('a replica has told of its regions', async () => {
      const { body } = await this.staff.get<{ replicas: { readers: { name: string }[] }[] }>(
        '/cache',
      );
      return body.replicas.flatMap(({ readers }) => readers)[0]?.name;
    });
  }
}

async function addProduct(staff: ReplicaClient): Promise<ProductAnswer> {
  const category = { store: STORE, slug: 'tools', names: { en: 'Tools' } };
  const { body: tools } = await staff.expect<{ id: string }>(201, 'POST', '/categories', {
    body: category,
  });
  const { body } = await staff.expect<ProductAnswer>(201, 'POST', '/products', {
    body: {
      store: STORE,
      slug: SLUG,
      status: 'active',
      brand: 'Akkumar',
      categoryId: tools.id,
      texts: { en: { name: 'Drill' } },
      attributes: [{ code: 'voltage_v', value: '12' }],
      variants: [{ prices: [{ currency: 'EUR', amount: 1_000 }], stock: { onHand: 1 } }],
    },
  });
  return body;
}

/** The id of an export that is finished. */
async function exportOfOnlyCustomer(staff: ReplicaClient): Promise<string> {
  const { body } = await staff.get<{ items: { id: string }[] }>(`/customers?store=${STORE}`);
  const exports = `/customers/${body.items[0]?.id ?? ''}/exports`;
  const query = `?store=${STORE}`;
  const asked = await staff.expect<{ id: string }>(202, 'POST', `${exports}${query}`);
  await eventually('the export is finished', async () => {
    const found = await staff.get<{ state: string }>(`${exports}/${asked.body.id}${query}`);
    return found.body.state === 'finished';
  });
  return asked.body.id;
}

async function addCoupons(staff: ReplicaClient): Promise<BatchAnswer> {
  const promotion = await createPromotion(staff, STORE, { needsCoupon: true });
  const path = `/promotions/${promotion.id}/coupon-batches?store=${STORE}`;
  const body = { name: 'Spring', prefix: 'sp', count: 2 };
  return (await staff.expect<BatchAnswer>(201, 'POST', path, { body })).body;
}

/** One of each list that nothing else has filled. */
async function addTheRest(staff: ReplicaClient): Promise<void> {
  const content = { kind: 'redirect', words: ['drills'], url: '/drills' };
  await staff.expect(201, 'POST', '/search/rules', { body: { store: STORE, content } });
  await staff.expect(200, 'PUT', '/scaling/rules', {
    headers: ifMatch(0),
    body: { content: SCALING_RULES },
  });
  const list = { code: 'trade', name: 'Trade', priority: 1, customerGroup: 'trade' };
  await staff.expect(201, 'POST', '/price-lists', {
    body: { store: STORE, currency: 'EUR', change: CHANGE, ...list },
  });
  await staff.expect(202, 'POST', '/repricings', {
    headers: { 'idempotency-key': 'documented' },
    body: { store: STORE, currency: 'EUR', filter: { all: true }, change: CHANGE },
  });
  await staff.expect(201, 'POST', '/order-drafts', {
    body: { store: STORE, items: [{ sku: 'BIT', quantity: 1 }] },
  });
  const csv = new FormData();
  csv.append('file', new Blob(['Handle,Title,Variant Price\nsaw,Saw,12.00\n,,\n']), 'a.csv');
  await staff.expect(202, 'POST', `/imports?store=${STORE}`, { body: csv });
}

const QUERY: Readonly<Record<string, string>> = {
  store: STORE,
  key: '["documented"]',
  q: 'drill',
  products: NOBODY,
};

/** The route with every parameter that has to be there. */
export function withQuery(route: string, { parameters = [] }: Operation): string {
  const names = parameters.filter((each) => each.in === 'query' && each.required === true);
  const query = names.map(({ name }) => `${name}=${encodeURIComponent(QUERY[name] ?? '')}`);
  return query.length === 0 ? route : `${route}?${query.join('&')}`;
}

/** A path of a document, with values for what is in braces. */
export function fill(path: string, values: Readonly<Record<string, string>>): string {
  const route = path.replace('/api/v1', '');
  return route.replaceAll(/\{(\w+)\}/g, (_match, name: string) => values[name] ?? '');
}
