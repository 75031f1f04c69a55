import type { Principal } from '../../libs/identity/src/model/principal.js';

/** Of everybody in the shop. */
export const PASSWORD = 'correct horse battery staple';

export function principalOf(userId: string): Principal {
  return {
    actor: { kind: 'staff', id: userId, name: userId },
    userId,
    permissions: [],
    credential: { kind: 'session', id: `session of ${userId}`, expiresAt: undefined },
  };
}
