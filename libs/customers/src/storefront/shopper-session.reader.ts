import { Injectable } from '@nestjs/common';
import { CoherentCache, type CachedReader } from '#libs/cache';
import { type RowOf, sql, PrimaryReader } from '#libs/database';
import { customersTags } from '../model/customers.tags.js';
import { SHOPPER_REGION } from './shopper-region.js';
import type { ShopperSessionEntity } from '../model/shopper-session.entity.js';

export interface ShopperSessionRecord {
  readonly id: string;
  readonly customerId: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly isRevoked: boolean;
}

type SessionRow = RowOf<ShopperSessionEntity, 'id' | 'customer_id' | 'expires_at' | 'revoked_at'>;

/** Sessions of shoppers by the hash of their token. Whether one has expired is for the caller to compare. */
@Injectable()
export class ShopperSessionReader {
  private readonly reader: CachedReader<string, ShopperSessionRecord>;

  constructor(
    cache: CoherentCache,
    private readonly database: PrimaryReader,
  ) {
    this.reader = cache.reader<string, ShopperSessionRecord>({
      ...SHOPPER_REGION,
      name: 'customers.session',
      tags: (sha256) => [customersTags.credential(sha256)],
      load: async (sha256, context) => {
        const session = await this.load(sha256);
        if (session !== undefined) context.tag(customersTags.session(session.id));
        return session;
      },
    });
  }

  async find(sha256: string): Promise<ShopperSessionRecord | undefined> {
    return this.reader.get(sha256);
  }

  private async load(sha256: string): Promise<ShopperSessionRecord | undefined> {
    const [row] = await this.database.query<SessionRow>(sql`
      SELECT id, customer_id, expires_at, revoked_at
      FROM shopper_session
      WHERE token_sha256 = ${sha256}`);
    if (row === undefined) return undefined;
    return {
      id: row.id,
      customerId: row.customer_id,
      expiresAt: row.expires_at,
      isRevoked: row.revoked_at !== null,
    };
  }
}
