import type { Actor } from '#libs/kernel';
import type { PermissionSet } from './permission-set.js';

/** Who makes a request, proven by a credential, and what they may do at this moment. */
export interface Principal {
  /** Who is written down as the one who did it: the staff user, or the API key. */
  readonly actor: Actor;
  /** The staff user behind it; of an API key, the one who made it. */
  readonly userId: string;
  readonly permissions: PermissionSet;
  readonly credential: Credential;
}

export interface Credential {
  readonly kind: 'session' | 'api-key';
  readonly id: string;
  /** Epoch milliseconds; undefined when it does not expire. */
  readonly expiresAt: number | undefined;
}
