import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEachDatabase } from '#libs/testing';
import { openBackOffice, type BackOffice } from '../../../../test/support/back-office.js';
import { ifMatch, PASSWORD, StaffAccounts } from '../../../../test/support/staff-accounts.js';
import type { StaffReplica } from '../../../../test/support/staff-replica.js';
import { IdentityApiModule } from './identity-api.module.js';

describeOnEachDatabase('one’s own account', (open) => {
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
