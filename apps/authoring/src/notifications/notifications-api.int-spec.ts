import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PushAuthoringModule } from '#authoring/push';
import { UnitOfWork, type Audience } from '#libs/database';
import type { JsonObject } from '#libs/kernel';
import { attachPush, PushModule } from '#libs/push';
import { describeOnEachDatabase } from '#libs/testing';
import { StaffAccounts } from '../../../../test/support/staff-accounts.js';
import type { StaffReplica } from '../../../../test/support/staff-replica.js';
import {
  openTwoBackOffices,
  type TwoBackOffices,
} from '../../../../test/support/two-back-offices.js';
import { IdentityApiModule } from '../identity/identity-api.module.js';
import { NotificationsApiModule } from './notifications-api.module.js';

interface Page {
  items: { id: number; type: string; payload: JsonObject; readAt: string | null }[];
  cursor: number;
  hasMore: boolean;
}

describeOnEachDatabase('notifications between two replicas', (open) => {
  let offices: TwoBackOffices;
  let a: StaffReplica;
  let b: StaffReplica;
  let admin: string;
  let adminId: string;
  let accounts: StaffAccounts;

  beforeAll(async () => {
    offices = await openTwoBackOffices(open, {
      modules: [PushModule, PushAuthoringModule, IdentityApiModule, NotificationsApiModule],
      configure: attachPush,
    });
    ({ a, b, token: admin } = offices);
    accounts = new StaffAccounts(a, admin);
    const { body } = await a.call<{ user: { id: string } }>('GET', '/sessions/current', {
      token: admin,
    });
    adminId = body.user.id;
  });

  afterAll(async () => {
    await offices?.close();
  });

  function notify(replica: StaffReplica, audience: Audience, type: string): Promise<void> {
    return replica.app
      .get(UnitOfWork)
      .run(async (tx) => tx.notify(audience, { type, payload: { of: type } }));
  }

  const list = async (token: string, query: string) =>
    (await b.call<Page>('GET', `/notifications${query}`, { token })).body;

  it('can be caught up by cursor after a time away', async () => {
    const user = await accounts.createUser('away', ['jobs:*']);
    await notify(a, `user:${user.id}`, 'seen');
    const { cursor } = await list(user.token, '');
    for (const type of ['one', 'two', 'three']) await notify(a, `user:${user.id}`, type);
    await notify(a, 'permission:jobs:job:read', 'four');
    await notify(a, 'permission:catalog:product:read', 'not mine');
    const first = await list(user.token, `?after=${cursor}&limit=3`);
    expect(first.items.map(({ type }) => type)).toEqual(['one', 'two', 'three']);
    expect(first.hasMore).toBe(true);
    const second = await list(user.token, `?after=${first.cursor}&limit=3`);
    expect(second.items.map(({ type }) => type)).toEqual(['four']);
    expect(second.hasMore).toBe(false);
    const third = await list(user.token, `?after=${second.cursor}`);
    expect(third).toEqual({ items: [], cursor: second.cursor, hasMore: false });
  });

  it('begin with the newest page, oldest first', async () => {
    const user = await accounts.createUser('newest', []);
    for (const type of ['one', 'two', 'three']) await notify(a, `user:${user.id}`, type);
    const { items, hasMore } = await list(user.token, '?limit=2');
    expect(items.map(({ type }) => type)).toEqual(['two', 'three']);
    expect(hasMore).toBe(false);
  });

  it('are marked as read by one reader for that reader only', async () => {
    const [one, other] = [
      await accounts.createUser('reader-1', ['jobs:*']),
      await accounts.createUser('reader-2', ['jobs:*']),
    ];
    await notify(a, 'permission:jobs:job:read', 'shared');
    const newest = async (token: string) => (await list(token, '?limit=1')).items[0];
    const id = (await newest(one.token))?.id;
    const mark = (token: string) => b.call('POST', `/notifications/${id}/read`, { token });
    const twice = await Promise.all([mark(one.token), mark(one.token)]);
    expect(twice.map(({ status }) => status)).toEqual([204, 204]);
    expect((await newest(one.token))?.readAt).not.toBeNull();
    expect((await newest(other.token))?.readAt).toBeNull();
  });

  it('of others do not exist', async () => {
    const user = await accounts.createUser('curious', []);
    await notify(a, `user:${adminId}`, 'private');
    const id = (await list(admin, '?limit=1')).items[0]?.id;
    const { status, body } = await b.call('POST', `/notifications/${id}/read`, {
      token: user.token,
    });
    expect([status, body.code]).toEqual([404, 'push.notification-not-found']);
    expect((await b.call('POST', '/notifications/x/read', { token: user.token })).status).toBe(400);
    expect((await list(user.token, '?after=0')).items).toEqual([]);
  });
});
