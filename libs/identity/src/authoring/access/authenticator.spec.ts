import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#libs/testing';
import type { ApiKeyReader, ApiKeyRecord } from './api-key.reader.js';
import { Authenticator } from './authenticator.js';
import { staffTokens } from './staff-tokens.js';
import type { KeyUsageRecorder } from './key-usage.recorder.js';
import type { SessionReader, SessionRecord } from './session.reader.js';
import type { StaffAccess, StaffAccessReader } from './staff-access.reader.js';

describe('Authenticator', () => {
  const sessionToken = staffTokens.create('session');
  const keyToken = staffTokens.create('api-key');
  let clock: ManualClock;
  let session: SessionRecord | undefined;
  let key: ApiKeyRecord | undefined;
  let user: StaffAccess | undefined;
  let used: string[];
  let authenticator: Authenticator;

  beforeEach(() => {
    clock = new ManualClock();
    const expiresAt = clock.wallMs() + 60_000;
    session = { id: 's1', userId: 'u1', expiresAt, isRevoked: false };
    key = {
      id: 'k1',
      name: 'Reports',
      ownerId: 'u1',
      permissions: ['catalog:product:*', 'jobs:job:read'],
      expiresAt,
      isRevoked: false,
    };
    user = {
      userId: 'u1',
      email: 'u1@example.com',
      name: 'One',
      isActive: true,
      permissions: ['catalog:*'],
    };
    used = [];
    const find = <Value>(hash: string, known: string, value: Value | undefined) =>
      hash === known ? value : undefined;
    authenticator = new Authenticator(
      { find: async (hash) => find(hash, sessionToken.sha256, session) } as SessionReader,
      { find: async (hash) => find(hash, keyToken.sha256, key) } as ApiKeyReader,
      { find: async (id) => (id === 'u1' ? user : undefined) } as StaffAccessReader,
      { noteUse: (id) => void used.push(id) } as KeyUsageRecorder,
      clock,
    );
  });

  const codeOf = (token: string) =>
    authenticator.authenticate(token).then(
      () => 'in',
      (error: { code: string }) => error.code,
    );

  it('compares the expiry at every use of what is cached', async () => {
    expect(await codeOf(sessionToken.text)).toBe('in');
    expect(await codeOf(keyToken.text)).toBe('in');
    clock.advance(60_000);
    expect(await codeOf(sessionToken.text)).toBe('identity.session-expired');
    expect(await codeOf(keyToken.text)).toBe('identity.not-authenticated');
  });

  it('gives a key what both the key and its owner may do', async () => {
    const principal = await authenticator.authenticate(keyToken.text);
    expect(principal).toMatchObject({
      actor: { kind: 'api-key', id: 'k1' },
      userId: 'u1',
      permissions: ['catalog:product:*'],
    });
    expect(used).toEqual(['k1']);
  });

  it('knows nobody whose user is gone or deactivated', async () => {
    user = undefined;
    expect(await codeOf(sessionToken.text)).toBe('identity.session-expired');
    expect(await codeOf(keyToken.text)).toBe('identity.not-authenticated');
    expect(used).toEqual([]);
  });

  it('does not take a key for a session or the other way round', async () => {
    expect(await codeOf(staffTokens.create('session').text)).toBe('identity.not-authenticated');
    expect(await codeOf(sessionToken.text.replace('lst_', 'lsk_'))).toBe(
      'identity.not-authenticated',
    );
  });
});
