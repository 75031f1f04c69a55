import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  describeOnEachDatabase,
  startRedis,
  type RedisFixture,
  type DatabaseFixture,
} from '#libs/testing';
import {
  ifMatch,
  PASSWORD,
  StaffAccounts,
  type StaffAccount,
  type Versioned,
} from '../../../../test/support/staff-accounts.js';
import { startStaffReplica, type StaffReplica } from '../../../../test/support/staff-replica.js';
import { IdentityApiModule } from './identity-api.module.js';

describeOnEachDatabase('staff administration', (open) => {
  let redis: RedisFixture;
  let database: DatabaseFixture;
  let a: StaffReplica;
  let admin: string;
  let accounts: StaffAccounts;

  beforeAll(async () => {
    [redis, database] = await Promise.all([startRedis(), open()]);
    a = await startStaffReplica({
      name: 'a',
      redisUrl: redis.url,
      databaseUrl: database.url,
      modules: [IdentityApiModule],
    });
    admin = await a.signIn();
    accounts = new StaffAccounts(a, admin);
  }, 60_000);

  afterAll(async () => {
    await a.stop();
    await redis.stop();
    await database.remove();
  });

  describe('nobody hands out more than they hold', () => {
    let deputy: StaffAccount;
    let target: Versioned;

    beforeAll(async () => {
      deputy = await accounts.createUser('deputy', ['identity:*']);
      const { body } = await a.call<{ items: { id: string; version: number; email: string }[] }>(
        'GET',
        '/users',
        { token: admin },
      );
      target = body.items.find(({ email }) => email === 'admin@example.com') as Versioned;
    });

    it.each<[string, () => Promise<{ status: number; body: { code: string } }>]>([
      [
        'by a role beyond their own',
        () =>
          a.call('POST', '/roles', {
            token: deputy.token,
            body: { name: 'beyond', permissions: ['catalog:product:read'] },
          }),
      ],
      [
        'by widening their own role',
        () =>
          a.call('PUT', `/roles/${deputy.roleId}`, {
            token: deputy.token,
            headers: ifMatch(1),
            body: { name: 'deputy', permissions: ['*'] },
          }),
      ],
      [
        'by giving a user an administrator role',
        async () => {
          const { body } = await a.call<{ items: { id: string; permissions: string[] }[] }>(
            'GET',
            '/roles',
            { token: deputy.token },
          );
          const all = body.items.find(({ permissions }) => permissions.includes('*'));
          return a.call('POST', '/users', {
            token: deputy.token,
            body: {
              email: 'puppet@example.com',
              name: 'Puppet',
              password: PASSWORD,
              roleIds: [all?.id],
            },
          });
        },
      ],
      [
        'by the password of a more powerful user',
        () =>
          a.call('PATCH', `/users/${target.id}`, {
            token: deputy.token,
            headers: ifMatch(target.version),
            body: { password: 'taken over by deputy' },
          }),
      ],
      [
        'by the e-mail address of a more powerful user',
        () =>
          a.call('PATCH', `/users/${target.id}`, {
            token: deputy.token,
            headers: ifMatch(target.version),
            body: { email: 'deputy-two@example.com' },
          }),
      ],
      [
        'by removing a more powerful user',
        () =>
          a.call('DELETE', `/users/${target.id}`, {
            token: deputy.token,
            headers: ifMatch(target.version),
          }),
      ],
      [
        'by an API key beyond their own',
        () =>
          a.call('POST', '/api-keys', {
            token: deputy.token,
            body: { name: 'beyond', permissions: ['*'] },
          }),
      ],
      [
        'by a key that makes a stronger one',
        async () => {
          const { body } = await a.call<{ key: string }>('POST', '/api-keys', {
            token: admin,
            body: { name: 'narrow', permissions: ['identity:api-key:create'] },
          });
          return a.call('POST', '/api-keys', {
            token: body.key,
            body: { name: 'wide', permissions: ['identity:user:update'] },
          });
        },
      ],
    ])('%s', async (_how, attempt) => {
      const { status, body } = await attempt();
      expect([status, body.code]).toEqual([403, 'identity.grant-beyond-own']);
    });

    it('keeps the last administrator, by user and by role', async () => {
      const own = { token: admin, headers: ifMatch(target.version) };
      for (const change of [{ isActive: false }, { roleIds: [] }]) {
        const { status, body } = await a.call('PATCH', `/users/${target.id}`, {
          ...own,
          body: change,
        });
        expect([status, body.code]).toEqual([409, 'identity.last-administrator']);
      }
      const removed = await a.call('DELETE', `/users/${target.id}`, own);
      expect(removed.body.code).toBe('identity.last-administrator');
      const { body } = await a.call<{ items: (Versioned & { permissions: string[] })[] }>(
        'GET',
        '/roles',
        { token: admin },
      );
      const role = body.items.find(({ permissions }) => permissions.includes('*')) as Versioned;
      const emptied = await a.call('PUT', `/roles/${role.id}`, {
        token: admin,
        headers: ifMatch(role.version),
        body: { name: 'Administrator', permissions: ['catalog:*'] },
      });
      expect(emptied.body.code).toBe('identity.last-administrator');
      expect((await a.call('GET', '/users', { token: admin })).status).toBe(200);
    });
  });

  describe('one’s own account', () => {
    const change = (token: string, currentPassword: string, newPassword: string) =>
      a.call('PUT', '/me/password', { token, body: { currentPassword, newPassword } });
    const statusOf = async (token: string) =>
      (await a.call('GET', '/sessions/current', { token })).status;
    const NEXT = 'quite another pass phrase';

    it('takes a new password for the current one, and ends the other sessions', async () => {
      const user = await accounts.createUser('renewing', []);
      const other = await a.signIn(user.email, PASSWORD);
      const wrong = await change(user.token, 'not the current one', NEXT);
      expect([wrong.status, wrong.body.code]).toEqual([422, 'identity.current-password-wrong']);
      const weak = await change(user.token, PASSWORD, 'renewing2026');
      expect([weak.status, weak.body.code]).toEqual([422, 'identity.password-weak']);
      expect(await statusOf(other)).toBe(200);
      expect((await change(user.token, PASSWORD, NEXT)).status).toBe(204);
      expect([await statusOf(user.token), await statusOf(other)]).toEqual([200, 401]);
      expect(await a.signIn(user.email, NEXT)).toMatch(/^lst_/);
    });

    it('counts guesses of the current password like attempts to sign in', async () => {
      const user = await accounts.createUser('guessed-at', []);
      for (let guess = 0; guess < 10; guess += 1) {
        expect((await change(user.token, `guess ${guess}`, NEXT)).status).toBe(422);
      }
      const refused = await change(user.token, PASSWORD, NEXT);
      expect([refused.status, refused.body.code]).toEqual([429, 'identity.too-many-attempts']);
    });

    it('is not changed by a key, nor without the current password', async () => {
      const { body: key } = await a.call<{ key: string }>('POST', '/api-keys', {
        token: admin,
        body: { name: 'no person', permissions: ['*'] },
      });
      const byKey = await change(key.key, PASSWORD, NEXT);
      expect([byKey.status, byKey.body.code]).toEqual([403, 'identity.session-required']);
      const user = await accounts.createUser('impatient', ['identity:user:update']);
      const patched = await a.call('PATCH', `/users/${user.id}`, {
        token: user.token,
        headers: ifMatch(user.version),
        body: { password: NEXT },
      });
      expect([patched.status, patched.body.code]).toEqual([422, 'identity.own-password']);
    });

    it('shows one’s own sessions, and ends one of them but nobody else’s', async () => {
      const user = await accounts.createUser('many-places', []);
      const other = await a.signIn(user.email, PASSWORD);
      const list = async () =>
        (
          await a.call<{ items: { id: string; isCurrent: boolean }[] }>('GET', '/sessions', {
            token: user.token,
          })
        ).body.items;
      const sessions = await list();
      expect(sessions.map(({ isCurrent }) => isCurrent)).toEqual([true, false]);
      const lost = sessions[1]?.id ?? '';
      const stranger = await accounts.createUser('stranger', []);
      const end = (token: string) => a.call('DELETE', `/sessions/${lost}`, { token });
      const refused = await end(stranger.token);
      expect([refused.status, refused.body.code]).toEqual([404, 'identity.session-not-found']);
      expect(await statusOf(other)).toBe(200);
      expect((await end(user.token)).status).toBe(204);
      expect([await statusOf(user.token), await statusOf(other)]).toEqual([200, 401]);
      expect(await list()).toHaveLength(1);
      expect((await end(user.token)).status).toBe(404);
    });

    it('loses sessions and keys by a reset', async () => {
      const user = await accounts.createUser('reset', ['identity:api-key:create']);
      const { body: key } = await a.call<{ key: string }>('POST', '/api-keys', {
        token: user.token,
        body: { name: 'mine', permissions: ['identity:api-key:create'] },
      });
      expect(await statusOf(key.key)).toBe(200);
      const patched = await a.call('PATCH', `/users/${user.id}`, {
        token: admin,
        headers: ifMatch(user.version),
        body: { password: NEXT },
      });
      expect(patched.status).toBe(200);
      expect([await statusOf(user.token), await statusOf(key.key)]).toEqual([401, 401]);
    });
  });

  describe('versioned changes', () => {
    it('need the version they are based on', async () => {
      const role = await accounts.createRole('versioned', ['identity:user:read']);
      const body = { name: 'versioned', permissions: ['identity:role:read'] };
      const put = (headers: Record<string, string>) =>
        a.call('PUT', `/roles/${role.id}`, { token: admin, headers, body });
      expect((await put({})).status).toBe(428);
      expect((await put(ifMatch(7))).status).toBe(412);
      const changed = await put(ifMatch(role.version));
      expect(changed.headers.get('etag')).toBe('"2"');
      expect((await put(ifMatch(role.version))).body.code).toBe('http.stale-version');
    });

    it('are written down without secrets', async () => {
      const user = await accounts.createUser('audited', []);
      await a.call('PATCH', `/users/${user.id}`, {
        token: admin,
        headers: ifMatch(user.version),
        body: { password: 'a changed secret word' },
      });
      const { body } = await a.call<{ items: { action: string }[]; nextCursor: string | null }>(
        'GET',
        `/audit-log?entityId=${user.id}&limit=1`,
        { token: admin },
      );
      expect(body.items.map(({ action }) => action)).toEqual(['identity:user:update']);
      expect(JSON.stringify(body)).not.toContain('argon2');
      const next = await a.call<{ items: { action: string }[]; nextCursor: string | null }>(
        'GET',
        `/audit-log?entityId=${user.id}&limit=1&cursor=${body.nextCursor}`,
        { token: admin },
      );
      expect(next.body.items.map(({ action }) => action)).toEqual(['identity:user:create']);
      expect(next.body.nextCursor).toBeNull();
    });

    it('page through all users, each once', async () => {
      for (const name of ['page-1', 'page-2', 'page-3']) await accounts.createUser(name, []);
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const { body } = await a.call<{ items: { id: string }[]; nextCursor: string | null }>(
          'GET',
          `/users?limit=2${query}`,
          { token: admin },
        );
        seen.push(...body.items.map(({ id }) => id));
        cursor = body.nextCursor;
      }
      expect(seen.length).toBeGreaterThan(3);
      expect(new Set(seen).size).toBe(seen.length);
    });

    it('refuse unknown fields, weak passwords and taken names', async () => {
      const post = (path: string, body: unknown) => a.call('POST', path, { token: admin, body });
      const user = { email: 'new@example.com', name: 'New', password: PASSWORD };
      expect((await post('/users', { ...user, isAdmin: true })).status).toBe(400);
      expect((await post('/users', { ...user, password: 'short' })).status).toBe(400);
      for (const password of [' '.repeat(12), 'password1234', 'new@example.com']) {
        const weak = await post('/users', { ...user, password });
        expect([weak.status, weak.body.code]).toEqual([422, 'identity.password-weak']);
      }
      expect((await post('/users', { ...user, email: 'no address' })).status).toBe(400);
      const taken = await post('/users', { ...user, email: 'ADMIN@example.com' });
      expect([taken.status, taken.body.code]).toEqual([409, 'identity.email-taken']);
      await accounts.createRole('taken', []);
      const named = await post('/roles', { name: 'taken', permissions: [] });
      expect([named.status, named.body.code]).toEqual([409, 'identity.role-name-taken']);
      expect((await post('/users?x=1', user)).status).not.toBe(500);
    });
  });
});
