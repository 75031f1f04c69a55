import type { Type } from '@nestjs/common';
import { cartsAuthoringSlice } from '#authoring/carts';
import type { JobContext } from '#authoring/jobs';
import { MailAuthoringModule } from '#authoring/mail';
import { insertRows, sql, type Row, type Transaction } from '#libs/database';
import { newId } from '#libs/kernel';
import { MailOutbox } from '#libs/mail';
import type { Store } from '#libs/stores';
import type { OpenDatabaseFixture } from '#libs/testing';
import { CatalogReplica } from '../../catalog/test/catalog-replica.js';
import { someAddress } from '../../stores/test/some-address.js';
import { CustomersAuthoringModule } from '../src/authoring/customers-authoring.module.js';
import { EraseCustomerHandler } from '../src/authoring/erase-customer.handler.js';
import { ExportCustomerHandler } from '../src/authoring/personal-data/export-customer.handler.js';
import { PersonalExports } from '../src/authoring/personal-data/personal-exports.js';
import { addCustomer } from './add-customer.js';

export interface PersonalFileContent {
  readonly format: string;
  readonly version: number;
  readonly customerId: string;
  readonly records: readonly {
    readonly slice: string;
    readonly part: string;
    readonly data: Record<string, unknown>;
  }[];
}

/** Stands before each step of a job. */
type Around = (name: string) => Promise<void>;

/** A store with people of whom much is known, and the jobs that export and erase them. */
export class ExportShop {
  private constructor(
    readonly replica: CatalogReplica,
    readonly store: Store,
  ) {}

  static async start(open: OpenDatabaseFixture): Promise<ExportShop> {
    const modules = [
      MailAuthoringModule,
      ...(cartsAuthoringSlice.modules as Type[]),
      CustomersAuthoringModule,
    ];
    const replica = await CatalogReplica.start(open, modules);
    return new ExportShop(replica, await replica.addStore());
  }

  get exports(): PersonalExports {
    return this.replica.app.get(PersonalExports);
  }

  insert(table: string, rows: readonly Row[]) {
    return this.replica.unitOfWork.run((tx) => insertRows(tx, table, rows));
  }

  /** Runs the job of an export, and answers what it was completed with. */
  async run(exportId: string, around?: Around): Promise<unknown[]> {
    const { context, results } = this.contextOf(around);
    await this.replica.app.get(ExportCustomerHandler).handle({ exportId }, context);
    return results;
  }

  erase(customerId: string): Promise<void> {
    const { context } = this.contextOf();
    return this.replica.app.get(EraseCustomerHandler).handle({ customerId }, context);
  }

  /** The whole file; throws when it is not as long as was said. */
  async download(id: string, exportId: string) {
    const address = { storeCode: this.store.code, id };
    const { content, sizeBytes } = await this.exports.download(address, exportId);
    const pieces: Buffer[] = [];
    for await (const piece of content) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    if (bytes.length !== sizeBytes) throw new Error(`${bytes.length} bytes, not ${sizeBytes}`);
    return { text: bytes.toString(), pieces: pieces.length };
  }

  /** How many rows of a table have the id in a column. */
  async count(table: string, column: string, id: string): Promise<number | undefined> {
    const rows = await this.replica.unitOfWork.run((tx) =>
      tx.query<{ v: number }>(sql`
        SELECT COUNT(*) AS v
        FROM ${sql.identifier(table)}
        WHERE ${sql.identifier(column)} = ${id}`),
    );
    return rows[0]?.v;
  }

  /** An ordered cart. */
  async addCart(customerId: string, lines: number): Promise<string> {
    const id = newId();
    await this.insert('cart', [
      {
        id,
        store_id: this.store.id,
        store_code: this.store.code,
        token_hash: `token-${id}`,
        customer_id: customerId,
        state: 'ordered',
        currency: 'EUR',
        locale: 'en',
        shipping_address_json: JSON.stringify(someAddress),
        version: 1,
        expires_at: 2,
        created_at: 0,
        updated_at: 1,
      },
    ]);
    const line = () => ({
      id: newId(),
      cart_id: id,
      product_id: newId(),
      variant_id: newId(),
      quantity: 1,
    });
    await this.insert('cart_line', Array.from({ length: lines }, line));
    return id;
  }

  /** Somebody with a session, so many wishes, and a mail that was sent to an address much like theirs. */
  async somebody(wishes: number) {
    const { unitOfWork, app } = this.replica;
    const person = await addCustomer(unitOfWork, this.store, {
      password_hash: 'hash-of-password',
    });
    const session = { token_sha256: newId(), device: 'phone', created_at: 1, expires_at: 2 };
    await this.insert('shopper_session', [{ id: newId(), customer_id: person.id, ...session }]);
    const wish = () => ({
      customer_id: person.id,
      variant_id: newId(),
      product_id: newId(),
      created_at: 1,
    });
    await this.insert('wish_list_item', Array.from({ length: wishes }, wish));
    for (const [to, subject] of [
      [person.email.toUpperCase(), 'To them'],
      [`x${person.email}`, 'To another'],
    ] as const) {
      await unitOfWork.run((tx) =>
        app.get(MailOutbox).add(tx, {
          storeId: this.store.id,
          kind: 'test',
          to,
          language: 'en',
          subject,
          html: 'link-that-opens',
          text: 'link-that-opens',
          dedupeKey: newId(),
        }),
      );
    }
    return { ...person, token: session.token_sha256 };
  }

  /** A job as its runtime gives it. */
  private contextOf(around: Around = async () => undefined) {
    const results: unknown[] = [];
    const context = {
      signal: new AbortController().signal,
      progress: () => undefined,
      step: async (name: string, work: (tx: Transaction) => Promise<void>) => {
        await around(name);
        await this.replica.unitOfWork.run(work);
        return true;
      },
      complete: async (work: (tx: Transaction) => Promise<unknown>) => {
        await around('complete');
        results.push(await this.replica.unitOfWork.run(work));
      },
    };
    return { context: context as unknown as JobContext, results };
  }
}
