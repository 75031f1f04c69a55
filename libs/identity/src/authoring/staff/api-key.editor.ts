import { Inject, Injectable } from '@nestjs/common';
import { type RowOf, sql, SqlReader, UnitOfWork } from '#libs/database';
import { newId, type Clock } from '#libs/kernel';
import { staffTokens } from '../access/staff-tokens.js';
import { IDENTITY_CLOCK } from '../access/identity-clock.js';
import type { Principal } from '../../model/principal.js';
import { identityErrors } from '../../model/identity.errors.js';
import { identityTags } from '../../model/identity.tags.js';
import { PermissionCatalog } from '../../model/permission-catalog.js';
import type { PermissionSet } from '../../model/permission-set.js';
import { Delegation } from './delegation.js';
import type { ApiKeyEntity } from '../../model/api-key.entity.js';

export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  /** The first characters of the key, to recognise it by. */
  readonly prefix: string;
  readonly permissions: PermissionSet;
  readonly createdBy: string | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly expiresAt: number | undefined;
  readonly revokedAt: number | undefined;
  /** Coarse: up to a minute behind. */
  readonly lastUsedAt: number | undefined;
}

export interface NewApiKey {
  readonly name: string;
  readonly permissions: PermissionSet;
  /** Epoch milliseconds. */
  readonly expiresAt: number | undefined;
}

type ApiKeyRow = RowOf<
  ApiKeyEntity,
  | 'id'
  | 'name'
  | 'prefix'
  | 'permissions_json'
  | 'created_by'
  | 'created_at'
  | 'expires_at'
  | 'revoked_at'
  | 'last_used_at'
>;

const COLUMNS = sql`id, name, prefix, permissions_json, created_by, created_at, expires_at, revoked_at, last_used_at`;

/**
 * API keys, as the back office makes and revokes them. A key belongs to the person who makes it,
 * never holds more than its maker, and dies with the maker's account.
 */
@Injectable()
export class ApiKeyEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: SqlReader,
    @Inject(IDENTITY_CLOCK) private readonly clock: Clock,
    private readonly catalog: PermissionCatalog,
  ) {}

  /** In the order of their creation, at most `limit` keys with an id greater than `afterId`. */
  async list(afterId: string, limit: number): Promise<ApiKeyView[]> {
    const rows = await this.database.query<ApiKeyRow>(
      sql`
        SELECT ${COLUMNS}
        FROM api_key
        WHERE id > ${afterId}
        ORDER BY id
        ${sql.limit(limit)}`,
    );
    return rows.map(toView);
  }

  /**
   * The text of the key is in the answer and nowhere else.
   * Throws `identity.permission-unknown`, `identity.grant-beyond-own`, `identity.expiry-in-past`.
   */
  async create(
    principal: Principal,
    key: NewApiKey,
  ): Promise<{ readonly key: ApiKeyView; readonly secret: string }> {
    const permissions = this.catalog.checked(key.permissions);
    const now = this.clock.wallMs();
    if (key.expiresAt !== undefined && key.expiresAt <= now) throw identityErrors.expiryInPast();
    return this.unitOfWork.run(async (tx) => {
      const delegation = await Delegation.open(tx, principal);
      delegation.assertWithin(permissions);
      const token = staffTokens.create('api-key');
      const row: ApiKeyRow = {
        id: newId(),
        name: key.name,
        prefix: token.visiblePrefix,
        permissions_json: JSON.stringify(permissions),
        created_by: principal.userId,
        created_at: now,
        expires_at: key.expiresAt ?? null,
        revoked_at: null,
        last_used_at: null,
      };
      await tx.execute(sql.insert('api_key', [{ ...row, secret_sha256: token.sha256 }]));
      tx.invalidate(identityTags.credential(token.sha256));
      const after = toView(row);
      tx.audit({
        action: 'identity:api-key:create',
        entity: 'api-key',
        entityId: row.id,
        after,
      });
      return { key: after, secret: token.text };
    });
  }

  /** For ever; revoking again changes nothing. Throws `identity.api-key-not-found`. */
  async revoke(id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const revoked = await tx.execute(
        sql`UPDATE api_key SET revoked_at = ${this.clock.wallMs()}
            WHERE id = ${id} AND revoked_at IS NULL`,
      );
      if (revoked > 0) {
        tx.invalidate(identityTags.apiKey(id));
        tx.audit({ action: 'identity:api-key:revoke', entity: 'api-key', entityId: id });
        return;
      }
      const [known] = await tx.query<RowOf<ApiKeyEntity, 'id'>>(
        sql`
          SELECT id
          FROM api_key
          WHERE id = ${id}`,
      );
      if (known === undefined) throw identityErrors.apiKeyNotFound();
    });
  }
}

function toView(row: ApiKeyRow): ApiKeyView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    permissions: JSON.parse(row.permissions_json) as string[],
    createdBy: row.created_by ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
  };
}
