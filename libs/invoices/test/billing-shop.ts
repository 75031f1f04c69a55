import type { HandlesJob, JobContext } from '#authoring/jobs';
import { StoreSettingsEditor } from '#authoring/stores';
import { sql, type UnitOfWork } from '#libs/database';
import type { OpenDatabaseFixture } from '#libs/testing';
import { CatalogReplica } from '../../catalog/test/catalog-replica.js';
import { OrderShop, type WantedWare } from '../../orders/test/order-shop.js';
import { OrderDirectory } from '../../orders/src/authoring/order.directory.js';
import { OrderEditor } from '../../orders/src/authoring/order.editor.js';
import type { LineQuantity } from '../../orders/src/model/fulfilment/line-progress.js';
import type { OrderAction } from '../../orders/src/model/order-state.js';
import { InvoiceIssuing } from '../src/authoring/invoice-issuing.js';
import { InvoicesAuthoringModule } from '../src/authoring/invoices-authoring.module.js';
import { InvoiceLookup } from '../src/model/invoice-lookup.js';
import type { Invoice } from '../src/model/invoice.js';
import { InvoicesModule } from '../src/storefront/invoices.module.js';

const MODULES = [InvoicesModule, InvoicesAuthoringModule];

/** A shop that charges 19 %, with what is done to its orders and what is issued for them. */
export class BillingShop {
  private taxVersion = 0;

  private constructor(
    readonly shop: OrderShop,
    /** A second replica of the same database. */
    readonly other: CatalogReplica,
    private readonly remove: () => Promise<void>,
  ) {}

  static async start(open: OpenDatabaseFixture): Promise<BillingShop> {
    const fixture = await open();
    const shared = async () => ({ ...fixture, remove: () => Promise.resolve() });
    const shop = await OrderShop.start(shared, MODULES);
    const other = await CatalogReplica.start(shared, MODULES);
    const billing = new BillingShop(shop, other, () => fixture.remove());
    await billing.charge(190_000);
    return billing;
  }

  get app() {
    return this.shop.app;
  }

  /** What is ordered from now on is taxed at this rate. */
  async charge(ratePpm: number): Promise<void> {
    const { code } = this.shop.store;
    await this.app.get(StoreSettingsEditor).replace(code, 'tax', this.taxVersion, {
      pricesIncludeTax: true,
      defaultCountry: 'DE',
      categories: ['standard'],
      zones: [{ code: 'de', name: 'Germany', areas: ['DE'] }],
      rates: [
        {
          code: 'vat',
          name: 'VAT',
          ratePpm,
          zone: 'de',
          category: 'standard',
          validFrom: null,
          validUntil: null,
        },
      ],
    });
    this.taxVersion += 1;
  }

  /** On account, unless said otherwise. */
  place(wanted: readonly WantedWare[], method: 'invoice' | 'manual' = 'invoice') {
    return this.shop.place(wanted, method);
  }

  async act(id: string, action: OrderAction): Promise<void> {
    const { version } = await this.order(id);
    await this.app.get(OrderEditor).act(this.at(id), version, { action, reason: null });
  }

  async cancel(id: string, items: readonly LineQuantity[]): Promise<void> {
    const { version } = await this.order(id);
    const part = { items, reason: 'gone' };
    await this.app.get(OrderEditor).cancel(this.at(id), version, part, { refund: true });
  }

  at(id: string) {
    return { storeCode: this.shop.store.code, id };
  }

  order(id: string) {
    return this.app.get(OrderDirectory).get(this.shop.store.code, id);
  }

  /** What the job does for an order, on a replica. */
  issue(id: string, on: CatalogReplica = this.shop.replica): Promise<readonly Invoice[]> {
    return on.unitOfWork.run((tx) => on.app.get(InvoiceIssuing).issue(tx, id));
  }

  /** What a worker does with a job. */
  run<Payload>(handler: HandlesJob<Payload>, payload: Payload): Promise<void> {
    const complete = async (work: Parameters<UnitOfWork['run']>[0]) => {
      await this.shop.replica.unitOfWork.run(work);
    };
    return handler.handle(payload, { complete } as unknown as JobContext);
  }

  /** Everything that was issued for an order. */
  documents(id: string): Promise<Invoice[]> {
    return this.shop.replica.unitOfWork.run((tx) =>
      this.app.get(InvoiceLookup).listOfOrder(tx, id),
    );
  }

  /** How many jobs wait to issue documents of an order. */
  async jobs(id: string): Promise<number> {
    const rows = await this.shop.replica.unitOfWork.run((tx) =>
      tx.query<{ payload_json: string }>(
        sql`SELECT payload_json FROM job WHERE name = 'issue-invoices' AND state = 'pending'`,
      ),
    );
    return rows.filter(({ payload_json: json }) => json.includes(id)).length;
  }

  async close(): Promise<void> {
    await this.other.close();
    await this.shop.replica.close();
    await this.remove();
  }
}
