import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Audience } from '#libs/database';
import {
  describeOnEachDatabase,
  openDatabase,
  type DatabaseFixture,
  type OpenDatabase,
} from '#libs/testing';
import { NotificationInbox } from './notification-inbox.js';

describeOnEachDatabase('NotificationInbox', (open) => {
  let fixture: DatabaseFixture;
  let database: OpenDatabase;
  let inbox: NotificationInbox;
  const me = { userId: 'me', permissions: ['jobs:job:read', 'catalog:product:read'] };
  const other = { userId: 'other', permissions: [] };

  beforeEach(async () => {
    fixture = await open();
    database = await openDatabase(fixture.url);
    inbox = new NotificationInbox(database.reader, database.unitOfWork);
  });

  afterEach(async () => {
    await database.close();
    await fixture.remove();
  });

  const tell = (audience: Audience, ...types: string[]) =>
    database.unitOfWork.run(async (tx) => {
      for (const type of types) tx.notify(audience, { type, payload: { amount: 1 } });
    });

  it('pages forward from a cursor through what is for the addressee, and nothing else', async () => {
    await tell('user:me', 'before');
    const { cursor } = await inbox.list(me, undefined, 10);
    await tell('user:me', 'one', 'two');
    await tell('user:other', 'foreign');
    await tell('permission:jobs:job:read', 'three');
    await tell('permission:identity:user:read', 'secret');
    const first = await inbox.list(me, cursor, 2);
    expect(first.items.map(({ type }) => type)).toEqual(['one', 'two']);
    expect(first.hasMore).toBe(true);
    const second = await inbox.list(me, first.cursor, 2);
    expect(second.items).toEqual([
      {
        id: second.cursor,
        type: 'three',
        payload: { amount: 1 },
        createdAt: expect.any(Number),
        readAt: undefined,
      },
    ]);
    expect(await inbox.list(me, second.cursor, 2)).toEqual({
      items: [],
      cursor: second.cursor,
      hasMore: false,
    });
  });

  it('marks as read once, for one reader, and only what that reader may see', async () => {
    await tell('user:me', 'mine');
    const { cursor } = await inbox.list(me, undefined, 1);
    await Promise.all([inbox.markRead(me, cursor), inbox.markRead(me, cursor)]);
    const [item] = (await inbox.list(me, undefined, 1)).items;
    expect(item?.readAt).toBeGreaterThanOrEqual(item?.createdAt ?? Infinity);
    const notFound = { code: 'push.notification-not-found' };
    await expect(inbox.markRead(other, cursor)).rejects.toMatchObject(notFound);
    await expect(inbox.markRead(me, cursor + 1_000)).rejects.toMatchObject(notFound);
  });
});
