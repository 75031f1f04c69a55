import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeOnEachDatabase } from '#libs/testing';
import { openBackOffice, type BackOffice } from '../../../../test/support/back-office.js';
import {
  ifMatch,
  PASSWORD,
  StaffAccounts,
  type StaffAccount,
  type Versioned,
} from '../../../../test/support/staff-accounts.js';
import type { StaffReplica } from '../../../../test/support/staff-replica.js';
import { IdentityApiModule } from './identity-api.module.js';

describeOnEachDatabase('staff administration', (open) => {
  let office: BackOffice;
  let a: StaffReplica;
  let admin: string;
  let accounts: StaffAccounts;

  beforeAll(async () => {
    office = await openBackOffice(open, [IdentityApiModule]);
    ({ replica: a, token: admin } = office);
    accounts = new StaffAccounts(a, admin);
  });

  afterAll(async () => {
    await office?.close();
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
