import { Injectable } from '@nestjs/common';
import { CoherentCache, type CachedReader } from '#libs/cache';
import { type RowOf, sql, SqlReader } from '#libs/database';
import { identityTags } from '../../model/identity.tags.js';
import { IDENTITY_REGION } from './region.js';
import type { StaffSessionEntity } from '../../model/staff-session.entity.js';

export interface SessionRecord {
  readonly id: string;
  readonly userId: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly isRevoked: boolean;
}

type SessionRow = RowOf<StaffSessionEntity, 'id' | 'user_id' | 'expires_at' | 'revoked_at'>;

/** Staff sessions by the hash of their token. Whether one has expired is for the caller to compare. */
@Injectable()
export class SessionReader {
  private readonly reader: CachedReader<string, SessionRecord>;

  constructor(
    cache: CoherentCache,
    private readonly database: SqlReader,
  ) {
    this.reader = cache.reader<string, SessionRecord>({
      ...IDENTITY_REGION,
      name: 'identity.session',
      tags: (sha256) => [identityTags.credential(sha256)],
      load: async (sha256, context) => {
        const session = await this.load(sha256);
        if (session !== undefined) context.tag(identityTags.session(session.id));
        return session;
      },
    });
  }

  async find(sha256: string): Promise<SessionRecord | undefined> {
    return this.reader.get(sha256);
  }

  private async load(sha256: string): Promise<SessionRecord | undefined> {
    const [row] = await this.database.query<SessionRow>(
      sql`SELECT id, user_id, expires_at, revoked_at
          FROM staff_session
          WHERE token_sha256 = ${sha256}`,
    );
    if (row === undefined) return undefined;
    return {
      id: row.id,
      userId: row.user_id,
      expiresAt: row.expires_at,
      isRevoked: row.revoked_at !== null,
    };
  }
}
