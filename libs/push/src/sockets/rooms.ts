import type { Audience } from '#libs/database';

/** Rooms have the names of audiences, so that a notification needs no translation. */
export const rooms = {
  user: (id: string): Audience => `user:${id}`,
  permission: (name: string): Audience => `permission:${name}`,
} as const;

/** Who somebody is and which permissions they hold; wildcards are resolved to the names they allow. */
export interface Addressee {
  readonly userId: string;
  readonly permissions: readonly string[];
}

/** The audiences somebody belongs to: what they may hear is what they may read. */
export function audiencesOf({ userId, permissions }: Addressee): readonly Audience[] {
  return [rooms.user(userId), ...permissions.map(rooms.permission)];
}
