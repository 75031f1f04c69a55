import { Injectable } from '@nestjs/common';
import { CoherentCache, type CachedReader } from '#libs/cache';
import { type RowOf, sql, SqlReader } from '#libs/database';
import { identityTags } from '../../model/identity.tags.js';
import type { PermissionSet } from '../../model/permission-set.js';
import { IDENTITY_REGION } from './region.js';
import type { ApiKeyEntity } from '../../model/api-key.entity.js';

export interface ApiKeyRecord {
  readonly id: string;
  readonly name: string;
  /** The staff user whose permissions bound those of the key. */
  readonly ownerId: string;
  readonly permissions: PermissionSet;
  /** Epoch milliseconds; undefined when the key does not expire. */
  readonly expiresAt: number | undefined;
  readonly isRevoked: boolean;
}

type ApiKeyRow = RowOf<
  ApiKeyEntity,
  'id' | 'name' | 'created_by' | 'permissions_json' | 'expires_at' | 'revoked_at'
>;

/** API keys by the hash of their secret. Whether one has expired is for the caller to compare. */
@Injectable()
export class ApiKeyReader {
  private readonly reader: CachedReader<string, ApiKeyRecord>;

  constructor(
    cache: CoherentCache,
    private readonly database: SqlReader,
  ) {
    this.reader = cache.reader<string, ApiKeyRecord>({
      ...IDENTITY_REGION,
      name: 'identity.api-key',
      tags: (sha256) => [identityTags.credential(sha256)],
      load: async (sha256, context) => {
        const key = await this.load(sha256);
        if (key !== undefined) context.tag(identityTags.apiKey(key.id));
        return key;
      },
    });
  }

  async find(sha256: string): Promise<ApiKeyRecord | undefined> {
    return this.reader.get(sha256);
  }

  private async load(sha256: string): Promise<ApiKeyRecord | undefined> {
    const [row] = await this.database.query<ApiKeyRow>(
      sql`SELECT id, name, created_by, permissions_json, expires_at, revoked_at
          FROM api_key
          WHERE secret_sha256 = ${sha256}`,
    );
    if (row === undefined || row.created_by === null) return undefined;
    return {
      id: row.id,
      name: row.name,
      ownerId: row.created_by,
      permissions: JSON.parse(row.permissions_json) as string[],
      expiresAt: row.expires_at ?? undefined,
      isRevoked: row.revoked_at !== null,
    };
  }
}
