import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { identityErrors } from '../../model/identity.errors.js';
import { intersection } from '../../model/permission-set.js';
import { ApiKeyReader } from './api-key.reader.js';
import { staffTokens, type PresentedStaffToken } from './staff-tokens.js';
import { IDENTITY_CLOCK } from './identity-clock.js';
import { KeyUsageRecorder } from './key-usage.recorder.js';
import type { Principal } from '../../model/principal.js';
import { SessionReader } from './session.reader.js';
import { StaffAccessReader } from './staff-access.reader.js';

/**
 * Turns a bearer token into the principal it stands for.
 *
 * Guarantees: expiry is compared at every use; a revocation, a deactivated user, changed roles or a
 * changed password count on every replica within half a second plus one read of the log, whatever
 * Redis does. An API key never allows more than its owner may do now, and nothing once the owner is
 * deactivated.
 *
 * Throws `identity.not-authenticated`, `identity.session-expired`, or the error of a database that
 * cannot be reached.
 */
@Injectable()
export class Authenticator {
  constructor(
    private readonly sessions: SessionReader,
    private readonly apiKeys: ApiKeyReader,
    private readonly staff: StaffAccessReader,
    private readonly keyUsage: KeyUsageRecorder,
    @Inject(IDENTITY_CLOCK) private readonly clock: Clock,
  ) {}

  async authenticate(token: string | undefined): Promise<Principal> {
    const presented = token === undefined ? undefined : staffTokens.read(token);
    if (presented === undefined) throw identityErrors.notAuthenticated();
    return this.confirm(presented);
  }

  /** What a token that was read before stands for now. Nothing that cannot be confirmed opens anything. */
  confirm({ kind, sha256 }: PresentedStaffToken): Promise<Principal> {
    return kind === 'session' ? this.bySession(sha256) : this.byApiKey(sha256);
  }

  private async bySession(sha256: string): Promise<Principal> {
    const foundSession = this.sessions.find(sha256);
    const session = foundSession instanceof Promise ? await foundSession : foundSession;
    if (session === undefined) throw identityErrors.notAuthenticated();
    if (session.isRevoked || session.expiresAt <= this.clock.wallMs()) {
      throw identityErrors.sessionExpired();
    }
    const foundUser = this.staff.find(session.userId);
    const user = foundUser instanceof Promise ? await foundUser : foundUser;
    if (user === undefined || !user.isActive) throw identityErrors.sessionExpired();
    return {
      actor: { kind: 'staff', id: user.userId, name: user.name },
      userId: user.userId,
      permissions: user.permissions,
      credential: { kind: 'session', id: session.id, expiresAt: session.expiresAt },
    };
  }

  private async byApiKey(sha256: string): Promise<Principal> {
    const foundKey = this.apiKeys.find(sha256);
    const key = foundKey instanceof Promise ? await foundKey : foundKey;
    if (key === undefined || key.isRevoked) throw identityErrors.notAuthenticated();
    if (key.expiresAt !== undefined && key.expiresAt <= this.clock.wallMs()) {
      throw identityErrors.notAuthenticated({ message: 'The API key has expired' });
    }
    const foundOwner = this.staff.find(key.ownerId);
    const owner = foundOwner instanceof Promise ? await foundOwner : foundOwner;
    if (owner === undefined || !owner.isActive) throw identityErrors.notAuthenticated();
    this.keyUsage.noteUse(key.id);
    return {
      actor: { kind: 'api-key', id: key.id, name: key.name },
      userId: owner.userId,
      permissions: intersection(key.permissions, owner.permissions),
      credential: { kind: 'api-key', id: key.id, expiresAt: key.expiresAt },
    };
  }
}
