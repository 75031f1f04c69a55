import { Injectable } from '@nestjs/common';
import { chunksOf, DatabaseClock, PrimaryReader, type RowOf, sql } from '#libs/database';
import type { CartEntity } from '../model/cart.entity.js';

/** Names a cart by what opens it; of the token only the hash is kept. */
export interface HeldCart {
  readonly id: string;
  readonly tokenHash: string | null;
  readonly customerId: string | null;
}

export interface CartVersion {
  readonly version: number;
  readonly storeCode: string;
}

type VersionRow = RowOf<CartEntity, 'id' | 'token_hash' | 'customer_id' | 'store_code' | 'version'>;

/** Their conditions are one expression, and SQLite takes none that is deeper than a thousand. */
const PER_STATEMENT = 300;

/** How far carts are, many at a time, for those who hold them. */
@Injectable()
export class CartVersions {
  constructor(
    private readonly database: PrimaryReader,
    private readonly clock: DatabaseClock,
  ) {}

  /** In the order asked for; undefined for what does not open, exactly as `CartEditor.get` finds nothing. */
  async list(carts: readonly HeldCart[]): Promise<readonly (CartVersion | undefined)[]> {
    const now = this.clock.wallMs();
    const found = new Map<string, VersionRow>();
    for (const chunk of chunksOf(carts, PER_STATEMENT)) {
      const rows = await this.database.query<VersionRow>(sql`
        SELECT id, token_hash, customer_id, store_code, version
        FROM cart
        WHERE (${sql.join(chunk.map(isOpenedBy), ' OR ')}) AND expires_at > ${now}`);
      for (const row of rows) found.set(row.id, row);
    }
    // Of two who name one cart only one may hold it.
    return carts.map((cart) => {
      const row = found.get(cart.id);
      if (row === undefined || !opens(cart, row)) return undefined;
      return { version: row.version, storeCode: row.store_code };
    });
  }
}

function isOpenedBy({ id, tokenHash, customerId }: HeldCart) {
  return customerId === null
    ? sql`(id = ${id} AND customer_id IS NULL AND token_hash = ${tokenHash})`
    : sql`(id = ${id} AND (customer_id = ${customerId} OR customer_id IS NULL AND token_hash = ${tokenHash}))`;
}

function opens({ tokenHash, customerId }: HeldCart, row: VersionRow): boolean {
  return row.customer_id === null ? row.token_hash === tokenHash : row.customer_id === customerId;
}
