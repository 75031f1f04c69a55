import {
  ApiKeyEditor,
  RoleEditor,
  SessionEditor,
  StaffUserEditor,
  type RoleContent,
  type StaffUserChange,
} from '#authoring/identity';
import { sql } from '#libs/database';
import type { Write } from './catalog-writes.js';
import { principalOf } from './shop-people.js';
import type { ShopWorld } from './shop-world.js';

const write = (name: string, run: Write['run']): Write => ({ name, run });

const clerk = (name: string, changeOf: (shop: ShopWorld) => StaffUserChange): Write =>
  write(`a user: ${name}`, async (shop) => {
    const { id, version } = await shop.get(StaffUserEditor).get(shop.ids.clerk);
    const first = await shop.administrator();
    await shop.get(StaffUserEditor).update(first, id, version, changeOf(shop));
  });

const role = (name: string, change: Partial<RoleContent>): Write =>
  write(`a role: ${name}`, async (shop) => {
    const before = await shop.get(RoleEditor).get(shop.ids.clerkRole);
    const content = { name: before.name, permissions: before.permissions, ...change };
    const first = await shop.administrator();
    await shop.get(RoleEditor).update(first, before.id, before.version, content);
  });

/** What is written to identity; the clerk is deactivated and then removed. */
export const identityWrites: readonly Write[] = [
  clerk('the name', () => ({ name: 'Other clerk' })),
  clerk('the e-mail address', () => ({ email: 'other@example.com' })),
  clerk('other roles', ({ ids }) => ({ roleIds: [ids.otherRole] })),
  clerk('as before', ({ ids }) => ({ roleIds: [ids.clerkRole] })),
  role('its permissions', { permissions: ['catalog:category:read'] }),
  role('its name', { name: 'Other clerk' }),
  write('a session is ended by its owner', async (shop) => {
    await shop.get(SessionEditor).endOwn(principalOf(shop.ids.clerk), shop.ids.session);
  }),
  write('an API key is revoked', (shop) => shop.get(ApiKeyEditor).revoke(shop.ids.key)),
  write('sessions that ended long ago are forgotten', async (shop) => {
    const { userId } = await shop.administrator();
    const times = { created_at: 1, expires_at: 2, revoked_at: null };
    const old = { id: 'long-ago', user_id: userId, token_sha256: 'longAgo', ...times };
    await shop.unitOfWork.run((tx) => tx.execute(sql.insert('staff_session', [old])));
    shop.takeTags();
    await shop.signIn('first@example.com');
  }),
  clerk('deactivated', () => ({ isActive: false })),
  write('a user is removed, whose sessions had ended before', async (shop) => {
    const { id, version } = await shop.get(StaffUserEditor).get(shop.ids.clerk);
    await shop.get(StaffUserEditor).delete(await shop.administrator(), id, version);
  }),
];
