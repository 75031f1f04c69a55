import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import { NewPasswords, PasswordHasher, PasswordStrength, SignInThrottle } from '#libs/credentials';
import { sql } from '#libs/database';
import { newId, systemClock } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import {
  describeOnEachDatabase,
  openDatabase,
  type DatabaseFixture,
  type OpenDatabase,
} from '#libs/testing';
import { KeyUsageRecorder } from '../access/key-usage.recorder.js';
import type { Principal } from '../../model/principal.js';
import { SessionEditor } from '../sign-in/session.editor.js';
import { ApiKeyEditor } from './api-key.editor.js';
import { ensureFirstAdministrator } from './first-administrator.js';
import { PermissionCatalog } from '../../model/permission-catalog.js';
import { RoleEditor } from './role.editor.js';
import { StaffUserEditor } from './staff-user.editor.js';

const catalog = new PermissionCatalog({
  'jobs:job:read': 'See jobs',
  'catalog:product:read': 'See products',
});
const ADMINISTRATOR = { email: 'First@Example.com', password: 'correct horse battery' };
const TABLES = ['staff_session', 'staff_user_role', 'staff_user', 'role', 'api_key'];

describeOnEachDatabase('staff', (open) => {
  let fixture: DatabaseFixture;
  let processes: OpenDatabase[];
  const hasher = new PasswordHasher();
  const logger = createLogger({ level: 'silent' });

  beforeEach(async () => {
    fixture = await open();
    processes = [];
    const { unitOfWork } = await connect();
    await unitOfWork.run(async (tx) => {
      for (const table of TABLES) await tx.execute(sql`DELETE FROM ${sql.identifier(table)}`);
    });
  });

  afterEach(async () => {
    await Promise.all(processes.map((process) => process.close()));
    await fixture.remove();
  });

  /** The same database as another replica sees it. */
  async function connect(): Promise<OpenDatabase> {
    const opened = await openDatabase(fixture.url);
    processes.push(opened);
    return opened;
  }

  const usersOf = ({ unitOfWork, reader }: OpenDatabase) =>
    new StaffUserEditor(
      unitOfWork,
      reader,
      new NewPasswords(new PasswordStrength(), hasher),
      systemClock,
    );

  function sessionsOf({ unitOfWork, reader }: OpenDatabase, checker = hasher): SessionEditor {
    const throttle = new SignInThrottle(systemClock);
    return new SessionEditor(unitOfWork, reader, checker, throttle, systemClock, logger);
  }

  function principalOf(userId: string): Principal {
    return {
      actor: { kind: 'staff', id: userId, name: userId },
      userId,
      permissions: [],
      credential: { kind: 'session', id: `session of ${userId}`, expiresAt: undefined },
    };
  }

  it('has one first administrator, however many processes ask for one at once', async () => {
    const databases = [await connect(), await connect(), await connect()];
    const made = await Promise.all(
      databases.map(({ unitOfWork }) => ensureFirstAdministrator(unitOfWork, ADMINISTRATOR)),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
    const [database] = databases as [OpenDatabase];
    const users = await usersOf(database).list('', 10);
    expect(users.map(({ email }) => email)).toEqual(['first@example.com']);
    expect(await ensureFirstAdministrator(database.unitOfWork, ADMINISTRATOR)).toBe(false);
  });

  it('keeps an administrator when two remove each other at the same moment', async () => {
    const [one, other] = [await connect(), await connect()];
    await ensureFirstAdministrator(one.unitOfWork, ADMINISTRATOR);
    const [first] = await usersOf(one).list('', 1);
    if (first === undefined) throw new Error('there is no first user');
    const second = await usersOf(one).create(principalOf(first.id), {
      email: 'second@example.com',
      name: 'Second',
      password: 'another long password',
      roleIds: first.roles.map(({ id }) => id),
    });
    const outcomes = await Promise.allSettled([
      usersOf(one).delete(principalOf(first.id), second.id, second.version),
      usersOf(other).delete(principalOf(second.id), first.id, first.version),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await usersOf(one).list('', 10)).toHaveLength(1);
  });

  it('renews an outdated password hash at sign-in, also when two sign in at once', async () => {
    const database = await connect();
    await ensureFirstAdministrator(database.unitOfWork, ADMINISTRATOR);
    const outdated = await hash(ADMINISTRATOR.password, { memoryCost: 64, timeCost: 1 });
    await database.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE staff_user SET password_hash = ${outdated}`),
    );
    const request = { ...ADMINISTRATOR, address: '127.0.0.1' };
    const sessions = await Promise.all([
      sessionsOf(database).signIn(request),
      sessionsOf(database).signIn(request),
    ]);
    expect(new Set(sessions.map(({ token }) => token)).size).toBe(2);
    const [row] = await database.reader.query<{ password_hash: string }>(
      sql`SELECT password_hash FROM staff_user`,
    );
    expect(hasher.isOutdated(row?.password_hash ?? '')).toBe(false);
    await expect(
      sessionsOf(database).signIn({ ...request, password: 'wrong' }),
    ).rejects.toMatchObject({ code: 'identity.credentials-wrong' });
  });

  it('opens no session for a password that was changed while it was checked', async () => {
    const database = await connect();
    await ensureFirstAdministrator(database.unitOfWork, ADMINISTRATOR);
    const changed = await hasher.hash('quite another pass phrase');
    /** Between the check of the password and the session, somebody else changes it. */
    class OvertakenHasher extends PasswordHasher {
      override async verify(stored: string | undefined, password: string): Promise<boolean> {
        const matches = await super.verify(stored, password);
        await database.unitOfWork.run((tx) =>
          tx.execute(sql`UPDATE staff_user SET password_hash = ${changed}`),
        );
        return matches;
      }
    }
    const request = { ...ADMINISTRATOR, address: '127.0.0.1' };
    await expect(sessionsOf(database, new OvertakenHasher()).signIn(request)).rejects.toMatchObject(
      { code: 'identity.credentials-wrong' },
    );
    const opened = await database.reader.query<object>(sql`SELECT id FROM staff_session`);
    expect(opened).toEqual([]);
  });

  it('refuses the right password as well once others were guessed at the same time', async () => {
    const database = await connect();
    await ensureFirstAdministrator(database.unitOfWork, ADMINISTRATOR);
    const sessions = sessionsOf(database);
    const guesses = Array.from({ length: 11 }, (_, index) => `a wrong guess, ${index}`);
    const outcomes = await Promise.allSettled(
      [...guesses, ADMINISTRATOR.password].map((password) =>
        sessions.signIn({ email: ADMINISTRATOR.email, password, address: '127.0.0.1' }),
      ),
    );
    const codes = outcomes.map((outcome) =>
      outcome.status === 'rejected' ? (outcome.reason as { code: string }).code : 'signed in',
    );
    expect(codes).toEqual([
      ...Array.from({ length: 10 }, () => 'identity.credentials-wrong'),
      'identity.too-many-attempts',
      'identity.too-many-attempts',
    ]);
  });

  it('checks a password for an address that nobody has', async () => {
    const database = await connect();
    const checked: (string | undefined)[] = [];
    class CountingHasher extends PasswordHasher {
      override verify(stored: string | undefined, password: string): Promise<boolean> {
        checked.push(stored);
        return super.verify(stored, password);
      }
    }
    const request = { email: 'nobody@example.com', password: 'guessed', address: '127.0.0.1' };
    await expect(sessionsOf(database, new CountingHasher()).signIn(request)).rejects.toMatchObject({
      code: 'identity.credentials-wrong',
    });
    expect(checked).toEqual([undefined]);
  });

  it('stores no token and no key, and notes the use of a key outside of requests', async () => {
    const database = await connect();
    await ensureFirstAdministrator(database.unitOfWork, ADMINISTRATOR);
    const [user] = await usersOf(database).list('', 1);
    const keys = new ApiKeyEditor(database.unitOfWork, database.reader, systemClock, catalog);
    const { key, secret } = await keys.create(principalOf(user?.id ?? ''), {
      name: 'Reports',
      permissions: ['catalog:product:read'],
      expiresAt: undefined,
    });
    const rows = await database.reader.query<object>(sql`SELECT * FROM api_key`);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(key.prefix.length));
    expect(key.lastUsedAt).toBeUndefined();

    const recorder = new KeyUsageRecorder(database.unitOfWork, systemClock, logger);
    recorder.noteUse(key.id);
    await recorder.beforeApplicationShutdown();
    const [used] = await keys.list('', 1);
    expect(used?.lastUsedAt).toBeGreaterThanOrEqual(key.createdAt);
  });

  it('says which part of a change there is not, and changes nothing', async () => {
    const database = await connect();
    await ensureFirstAdministrator(database.unitOfWork, ADMINISTRATOR);
    const users = usersOf(database);
    const roles = new RoleEditor(database.unitOfWork, database.reader, systemClock, catalog);
    const keys = new ApiKeyEditor(database.unitOfWork, database.reader, systemClock, catalog);
    const [user] = await users.list('', 1);
    if (user === undefined) throw new Error('there is no first user');
    const principal = principalOf(user.id);
    const nobody = newId();
    const content = { name: 'Other', permissions: ['jobs:*'] };
    const roleIds = [...user.roles.map(({ id }) => id), nobody];
    const other = { email: 'other@example.com', name: 'Other', password: 'another long password' };
    const stored = async () => {
      const rows = [...TABLES, 'audit_log', 'invalidation_log'].map((table) =>
        database.reader.query<object>(sql`SELECT * FROM ${sql.identifier(table)}`),
      );
      return Promise.all(rows);
    };
    const before = await stored();
    const noUser = { code: 'identity.user-not-found', status: 404 };
    const noRole = { code: 'identity.role-not-found', status: 404 };
    const noKey = { code: 'identity.api-key-not-found', status: 404 };
    const unknown = { code: 'identity.role-unknown', status: 422, details: { roleIds: [nobody] } };
    const attempts: readonly (readonly [object, () => Promise<unknown>])[] = [
      [noUser, () => users.get(nobody)],
      [noUser, () => users.update(principal, nobody, 1, { name: 'Other' })],
      [noUser, () => users.delete(principal, nobody, 1)],
      [noRole, () => roles.get(nobody)],
      [noRole, () => roles.update(principal, nobody, 1, content)],
      [noRole, () => roles.delete(principal, nobody, 1)],
      [noKey, () => keys.revoke(nobody)],
      [unknown, () => users.create(principal, { ...other, roleIds })],
      [unknown, () => users.update(principal, user.id, user.version, { name: 'Other', roleIds })],
    ];
    for (const [refusal, attempt] of attempts) {
      await expect(attempt()).rejects.toMatchObject(refusal);
    }
    expect(await stored()).toEqual(before);
  });

  it('does not remove a role that somebody has', async () => {
    const database = await connect();
    await ensureFirstAdministrator(database.unitOfWork, ADMINISTRATOR);
    const [user] = await usersOf(database).list('', 1);
    const principal = principalOf(user?.id ?? '');
    const roles = new RoleEditor(database.unitOfWork, database.reader, systemClock, catalog);
    const [used] = await roles.list('', 1);
    await expect(roles.delete(principal, used?.id ?? '', 1)).rejects.toMatchObject({
      code: 'identity.role-in-use',
      details: { users: 1 },
    });
    const spare = await roles.create(principal, { name: 'Spare', permissions: ['jobs:*'] });
    await roles.delete(principal, spare.id, spare.version);
    expect(await roles.list('', 10)).toHaveLength(1);
  });
});
