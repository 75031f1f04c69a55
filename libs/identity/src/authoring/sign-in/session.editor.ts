import { Inject, Injectable } from '@nestjs/common';
import { normalisedEmail, PasswordHasher, SignInThrottle } from '#libs/credentials';
import { type RowOf, sql, SqlReader, UnitOfWork, type Transaction } from '#libs/database';
import { currentContext, newId, type Clock } from '#libs/kernel';
import { Logger } from '#libs/observability';
import { staffTokens } from '../access/staff-tokens.js';
import { IDENTITY_CLOCK } from '../access/identity-clock.js';
import type { Principal } from '../../model/principal.js';
import { identityErrors } from '../../model/identity.errors.js';
import { identityTags } from '../../model/identity.tags.js';
import type { StaffUserEntity } from '../../model/staff-user.entity.js';
import type { StaffSessionEntity } from '../../model/staff-session.entity.js';

const SESSION_LIFE_MS = 12 * 3_600_000;
/** Another sign-in may renew an outdated hash between our check and our write, once. */
const MAX_ROUNDS = 2;
/** How long an ended session stays known, so that its holder hears "ended" and not "unknown". */
const ENDED_SESSION_KEPT_MS = 7 * 24 * 3_600_000;

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  /** Where the request comes from, for throttling. */
  readonly address: string;
}

export interface NewSession {
  readonly id: string;
  /** Given out here and never again. */
  readonly token: string;
  readonly userId: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** A session as its owner sees it. Times are epoch milliseconds. */
export interface SessionView {
  readonly id: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

type SessionRow = RowOf<StaffSessionEntity, 'id' | 'created_at' | 'expires_at'>;

type LoginRow = RowOf<StaffUserEntity, 'id' | 'name' | 'password_hash' | 'is_active'>;

/** Signing in and out. */
@Injectable()
export class SessionEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: SqlReader,
    private readonly hasher: PasswordHasher,
    private readonly throttle: SignInThrottle,
    @Inject(IDENTITY_CLOCK) private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * Opens a session of 12 hours.
   *
   * An unknown address, a wrong password and a deactivated user are the same answer after the same
   * work (`identity.credentials-wrong`). Also throws `identity.too-many-attempts` and
   * `identity.passwords-busy`.
   */
  async signIn(request: SignInRequest): Promise<NewSession> {
    const email = normalisedEmail(request.email);
    this.throttle.begin(email, request.address);
    for (let round = 1; round <= MAX_ROUNDS; round += 1) {
      const user = await this.verified(email, request.password);
      if (user === undefined) break;
      const session = await this.openIfUnchanged(user, request.password);
      if (session === undefined) continue;
      this.throttle.succeeded(email, request.address);
      return session;
    }
    this.logger.info({ address: request.address }, 'a sign-in was refused');
    throw identityErrors.credentialsWrong();
  }

  /** The principal's own sessions that go on, oldest first, at most `limit` with an id greater than `afterId`. */
  async listOwn(principal: Principal, afterId: string, limit: number): Promise<SessionView[]> {
    const rows = await this.database.query<SessionRow>(
      sql`SELECT id, created_at, expires_at FROM staff_session
          WHERE user_id = ${principal.userId} AND revoked_at IS NULL
            AND expires_at > ${this.clock.wallMs()} AND id > ${afterId}
          ORDER BY id ${sql.limit(limit)}`,
    );
    return rows.map((row) => ({
      id: row.id,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }));
  }

  /** Ends the session the principal is signed in with; of an API key there is none to end. */
  async signOut(principal: Principal): Promise<void> {
    const { kind, id } = principal.credential;
    if (kind === 'session') await this.end(principal, id);
  }

  /** Ends one of the principal's own sessions. Throws `identity.session-not-found`. */
  async endOwn(principal: Principal, id: string): Promise<void> {
    if (!(await this.end(principal, id))) throw identityErrors.sessionNotFound();
  }

  private end(principal: Principal, id: string): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const ended = await tx.execute(
        sql`UPDATE staff_session SET revoked_at = ${this.clock.wallMs()}
            WHERE id = ${id} AND user_id = ${principal.userId} AND revoked_at IS NULL`,
      );
      if (ended === 0) return false;
      tx.invalidate(identityTags.session(id));
      tx.audit({ action: 'identity:session:delete', entity: 'session', entityId: id });
      return true;
    });
  }

  private async verified(email: string, password: string): Promise<LoginRow | undefined> {
    const [user] = await this.database.query<LoginRow>(
      sql`
        SELECT id, name, password_hash, is_active
        FROM staff_user
        WHERE email = ${email}`,
    );
    const matches = await this.hasher.verify(user?.password_hash, password);
    return matches && user?.is_active === 1 ? user : undefined;
  }

  /**
   * Checking the password takes a while and happens outside a transaction. Undefined when the user
   * was deactivated or got another hash meanwhile.
   */
  private async openIfUnchanged(user: LoginRow, password: string): Promise<NewSession | undefined> {
    const newHash = this.hasher.isOutdated(user.password_hash)
      ? await this.hasher.hash(password)
      : user.password_hash;
    const context = currentContext();
    if (context !== undefined) context.actor = { kind: 'staff', id: user.id, name: user.name };
    return this.unitOfWork.run(async (tx) => {
      // A write, so that nothing can change the user until this transaction ends.
      const unchanged = await tx.execute(
        sql`UPDATE staff_user SET password_hash = ${newHash}
            WHERE id = ${user.id} AND is_active = 1 AND password_hash = ${user.password_hash}`,
      );
      return unchanged === 0 ? undefined : this.open(tx, user.id);
    });
  }

  private async open(tx: Transaction, userId: string): Promise<NewSession> {
    const now = this.clock.wallMs();
    const token = staffTokens.create('session');
    const session = { id: newId(), userId, expiresAt: now + SESSION_LIFE_MS };
    await tx.execute(
      sql.insert('staff_session', [
        {
          id: session.id,
          user_id: userId,
          token_sha256: token.sha256,
          created_at: now,
          expires_at: session.expiresAt,
          revoked_at: null,
        },
      ]),
    );
    await this.forgetLongEnded(tx, userId, now - ENDED_SESSION_KEPT_MS);
    tx.invalidate(identityTags.credential(token.sha256));
    tx.audit({ action: 'identity:session:create', entity: 'session', entityId: session.id });
    return { ...session, token: token.text };
  }

  /** What is cached of them says that they have ended; now it is that they are unknown. */
  private async forgetLongEnded(tx: Transaction, userId: string, beforeMs: number): Promise<void> {
    const ended = await tx.query<RowOf<StaffSessionEntity, 'id'>>(
      sql`
        SELECT id
        FROM staff_session
        WHERE user_id = ${userId} AND expires_at < ${beforeMs}`,
    );
    if (ended.length === 0) return;
    tx.invalidate(...ended.map(({ id }) => identityTags.session(id)));
    await tx.execute(
      sql`DELETE FROM staff_session WHERE user_id = ${userId} AND expires_at < ${beforeMs}`,
    );
  }
}
