import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeOnEachDatabase, eventually, inOwnTime, type RedisFixture } from '#libs/testing';
import { ifMatch, StaffAccounts, type Versioned } from '../../../../test/support/staff-accounts.js';
import type { StaffReplica } from '../../../../test/support/staff-replica.js';
import {
  openTwoBackOffices,
  type TwoBackOffices,
} from '../../../../test/support/two-back-offices.js';
import { IdentityApiModule } from './identity-api.module.js';

describeOnEachDatabase('identity on two replicas', (open) => {
  let offices: TwoBackOffices;
  let redis: RedisFixture;
  let a: StaffReplica;
  let b: StaffReplica;
  let admin: string;
  let accounts: StaffAccounts;

  beforeAll(async () => {
    offices = await openTwoBackOffices(open, {
      modules: [IdentityApiModule],
      // The bound must not depend on how often the log is followed by itself.
      env: {
        CACHE_FOLLOW_INTERVAL_MS: '50000',
        CACHE_LEASE_MS: '60000',
        CACHE_VERIFY_PER_SECOND: '0',
      },
    });
    ({ a, b, redis, token: admin } = offices);
    accounts = new StaffAccounts(a, admin);
  });

  afterAll(async () => {
    await offices?.close();
  });

  const statusOf = async (replica: StaffReplica, token: string) =>
    (await replica.call('GET', '/sessions/current', { token })).status;

  describe('signing in', () => {
    it('gives a session that works at once on the other replica', async () => {
      const token = await a.signIn();
      const { status, body } = await b.call<{ user: { email: string }; permissions: string[] }>(
        'GET',
        '/sessions/current',
        { token },
      );
      expect(status).toBe(200);
      expect(body.user.email).toBe('admin@example.com');
      expect(body.permissions).toContain('identity:role:delete');
    });

    it('takes an e-mail address in any case and refuses a wrong password like an unknown user', async () => {
      expect(await a.signIn('  ADMIN@Example.COM ')).toMatch(/^lst_/);
      const wrong = await a.call('POST', '/sessions', {
        body: { email: 'admin@example.com', password: 'wrong' },
      });
      const unknown = await a.call('POST', '/sessions', {
        body: { email: 'nobody@example.com', password: 'wrong' },
      });
      expect(wrong.status).toBe(401);
      expect(wrong.body.code).toBe('identity.credentials-wrong');
      expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
    });

    it('refuses more guesses after ten, and tells when to come back', async () => {
      const guess = () =>
        a.call('POST', '/sessions', { body: { email: 'guessed@example.com', password: 'x' } });
      for (let count = 0; count < 10; count += 1) expect((await guess()).status).toBe(401);
      const refused = await guess();
      expect(refused.status).toBe(429);
      expect(refused.body.code).toBe('identity.too-many-attempts');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    });

    it('refuses what is not a credential, and says how to authenticate', async () => {
      for (const token of [undefined, 'nonsense', `lst_${'A'.repeat(49)}`]) {
        const { status, body, headers } = await a.call('GET', '/sessions/current', { token });
        expect([status, body.code]).toEqual([401, 'identity.not-authenticated']);
        expect(headers.get('www-authenticate')).toContain('Bearer');
      }
      const inUrl = await a.call('GET', `/sessions/current?access_token=${admin}`);
      expect(inUrl.status).toBe(401);
    });

    it('ends a session for every replica', async () => {
      const token = await a.signIn();
      expect(await statusOf(b, token)).toBe(200);
      expect((await a.call('DELETE', '/sessions', { token })).status).toBe(204);
      await eventually(
        'the other replica refuses it',
        async () => (await statusOf(b, token)) === 401,
      );
      const { body } = await a.call('GET', '/sessions/current', { token });
      expect(body.code).toBe('identity.session-expired');
    });
  });

  describe('permissions', () => {
    it('names the permission that is missing', async () => {
      const { token } = await accounts.createUser('reader', ['identity:user:read']);
      expect((await a.call('GET', '/users', { token })).status).toBe(200);
      const { status, body } = await a.call('GET', '/roles', { token });
      expect([status, body.code, body['permission']]).toEqual([
        403,
        'identity.permission-missing',
        'identity:role:read',
      ]);
    });

    it('counts changed roles, deactivation and a changed password on the other replica', async () => {
      const user = await accounts.createUser('shrinking', [
        'identity:user:*',
        'identity:role:read',
      ]);
      const onB = (path: string) => b.call('GET', path, { token: user.token });
      expect((await onB('/roles')).status).toBe(200);
      await a.call('PUT', `/roles/${user.roleId}`, {
        token: admin,
        headers: ifMatch(1),
        body: { name: 'shrinking', permissions: ['identity:user:read'] },
      });
      await eventually('the role has shrunk', async () => (await onB('/roles')).status === 403);
      expect((await onB('/users')).status).toBe(200);
      const changed = await a.call<Versioned>('PATCH', `/users/${user.id}`, {
        token: admin,
        headers: ifMatch(user.version),
        body: { password: 'another long password' },
      });
      expect(changed.status).toBe(200);
      await eventually('the session ended', async () => (await statusOf(b, user.token)) === 401);
      const renewed = await a.signIn('shrinking@example.com', 'another long password');
      expect(await statusOf(b, renewed)).toBe(200);
      await a.call('PATCH', `/users/${user.id}`, {
        token: admin,
        headers: ifMatch(changed.body.version),
        body: { isActive: false },
      });
      await eventually('the user is out', async () => (await statusOf(b, renewed)) === 401);
      const again = await a.call('POST', '/sessions', {
        body: { email: 'shrinking@example.com', password: 'another long password' },
      });
      expect(again.body.code).toBe('identity.credentials-wrong');
    });

    it('refuses wildcards in the middle and names that do not exist', async () => {
      for (const permission of ['identity:*:read', 'ident*', 'identity:user:fly', 'self:*']) {
        const { status, body } = await a.call('POST', '/roles', {
          token: admin,
          body: { name: `bad ${permission}`, permissions: [permission] },
        });
        expect([status, body.code]).toEqual([422, 'identity.permission-unknown']);
      }
    });
  });

  describe('API keys', () => {
    it('work at once on every replica, for what they hold and nothing else', async () => {
      const { body } = await a.call<{ key: string; id: string; prefix: string }>(
        'POST',
        '/api-keys',
        { token: admin, body: { name: 'reporting', permissions: ['identity:user:read'] } },
      );
      expect(body.key.startsWith(body.prefix)).toBe(true);
      expect((await b.call('GET', '/users', { token: body.key })).status).toBe(200);
      expect((await b.call('GET', '/roles', { token: body.key })).status).toBe(403);
      const listed = await a.call<{ items: object[] }>('GET', '/api-keys', { token: admin });
      expect(JSON.stringify(listed.body)).not.toContain(body.key);

      expect((await a.call('DELETE', `/api-keys/${body.id}`, { token: admin })).status).toBe(204);
      await eventually('the key is refused on the other replica', async () => {
        const { status } = await b.call('GET', '/users', { token: body.key });
        return status === 401;
      });
    });

    it('never do more than their owner may do now', async () => {
      const owner = await accounts.createUser('key-owner', [
        'identity:user:read',
        'identity:api-key:create',
      ]);
      const { body } = await a.call<{ key: string }>('POST', '/api-keys', {
        token: owner.token,
        body: { name: 'mine', permissions: ['identity:user:read'] },
      });
      const use = async () => (await b.call('GET', '/users', { token: body.key })).status;
      expect(await use()).toBe(200);
      const shrunk = await a.call<Versioned>('PUT', `/roles/${owner.roleId}`, {
        token: admin,
        headers: ifMatch(1),
        body: { name: 'key-owner', permissions: ['identity:role:read'] },
      });
      expect(shrunk.status).toBe(200);
      await eventually('the key shrinks with its owner', async () => (await use()) === 403);
      await a.call('DELETE', `/users/${owner.id}`, {
        token: admin,
        headers: ifMatch(owner.version),
      });
      await eventually('the key goes with its owner', async () => (await use()) === 401);
    });

    it('are refused with an expiry in the past', async () => {
      const { status, body } = await a.call('POST', '/api-keys', {
        token: admin,
        body: {
          name: 'late',
          permissions: ['identity:user:read'],
          expiresAt: '2020-01-01T00:00:00Z',
        },
      });
      expect([status, body.code]).toEqual([422, 'identity.expiry-in-past']);
    });
  });

  // Last: it takes Redis away.
  describe('without Redis', () => {
    it('refuses a revoked session and a revoked key on the other replica within a second', async () => {
      const token = await a.signIn();
      const key = await a.call<{ key: string; id: string }>('POST', '/api-keys', {
        token: admin,
        body: { name: 'doomed', permissions: ['identity:user:read'] },
      });
      expect(await statusOf(b, token)).toBe(200);
      expect(await statusOf(b, key.body.key)).toBe(200);
      await redis.kill();

      expect(await statusOf(b, token)).toBe(200);
      expect((await a.call('DELETE', '/sessions', { token })).status).toBe(204);
      const revoked = await a.call('DELETE', `/api-keys/${key.body.id}`, { token: admin });
      expect(revoked.status).toBe(204);
      const [, waitedMs] = await inOwnTime(() =>
        eventually('both are refused', async () => {
          expect(await statusOf(b, token)).toBe(401);
          expect(await statusOf(b, key.body.key)).toBe(401);
          return true;
        }),
      );
      expect(waitedMs).toBeLessThan(1_000);
    });

    it('signs in, and the session works on the other replica', async () => {
      const token = await a.signIn();
      expect(await statusOf(b, token)).toBe(200);
    });
  });
});
