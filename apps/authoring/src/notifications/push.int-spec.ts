import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql, UnitOfWork } from '#libs/database';
import { Metrics } from '#libs/observability';
import { JOB_PROGRESS_SINK, type JobProgressSink } from '#authoring/jobs';
import { describeOnEachDatabase, eventually, inOwnTime, type RedisFixture } from '#libs/testing';
import { PushOffice, typesOf } from '../../../../test/support/push-office.js';
import { publishAsStranger } from '../../../../test/support/push-stranger.js';
import { ifMatch, StaffAccounts } from '../../../../test/support/staff-accounts.js';
import type { StaffReplica } from '../../../../test/support/staff-replica.js';

for (const adapter of ['pubsub', 'streams'] as const) {
  describeOnEachDatabase(`push between two replicas over ${adapter}`, (open) => {
    let office: PushOffice;
    let redis: RedisFixture;
    let a: StaffReplica;
    let b: StaffReplica;
    let admin: string;
    let adminId: string;
    let accounts: StaffAccounts;

    beforeAll(async () => {
      office = await PushOffice.open(open, adapter);
      ({ redis, a, b, admin, adminId } = office);
      accounts = new StaffAccounts(a, admin);
    });

    afterEach(() => office.disconnectAll());

    afterAll(() => office?.close());

    const connect: PushOffice['connect'] = (...asked) => office.connect(...asked);
    const refused: PushOffice['refused'] = (...asked) => office.refused(...asked);
    const { notify } = PushOffice;

    describe('the handshake', () => {
      it('is refused without a token, with a made-up one, and with one in the URL', async () => {
        expect(await refused(a, {})).toBe('push.token-missing');
        expect(await refused(a, { token: 7 })).toBe('push.token-missing');
        expect(await refused(a, { token: 'lst_nonsense' })).toBe('push.token-missing');
        expect(await refused(a, {}, { token: admin })).not.toBe('connected');
        expect(await refused(a, { token: admin }, { token: admin })).not.toBe('connected');
      });

      it('is refused with a session that has ended or expired', async () => {
        const ended = await a.signIn();
        await a.call('DELETE', '/sessions', { token: ended });
        expect(await refused(a, { token: ended })).toBe('identity.session-expired');

        const user = await accounts.createUser('expiring', []);
        await a.app
          .get(UnitOfWork)
          .run((tx) =>
            tx.execute(sql`UPDATE staff_session SET expires_at = 1 WHERE user_id = ${user.id}`),
          );
        expect(await refused(b, { token: user.token })).toBe('identity.session-expired');
      });

      it('works by long polling as well', async () => {
        const client = await connect(a, admin, { transport: 'polling' });
        await notify(a, `user:${adminId}`, 'polled');
        await eventually('it arrives', () => typesOf(client).includes('polled'));
      });

      it('is refused when one user holds too many connections', async () => {
        const user = await accounts.createUser('greedy', []);
        const opened = await Promise.all(Array.from({ length: 20 }, () => connect(a, user.token)));
        expect(await refused(a, { token: user.token })).toBe('push.too-many-connections');
        opened[0]?.close();
        const next = await eventually('a place is free', () => connect(a, user.token));
        expect(next.isConnected).toBe(true);
      });

      it('is taken back from a client that keeps talking', async () => {
        const client = await connect(a, admin);
        for (let count = 0; count < 30; count += 1) client.send('hello');
        await eventually('it is disconnected', () => !client.isConnected);
      });
    });

    describe('events', () => {
      it('reach their audience on the other replica, and nobody else', async () => {
        const jobs = await accounts.createUser('jobs', ['jobs:*']);
        const other = await accounts.createUser('other', ['catalog:*']);
        const [onA, onB, stranger] = await Promise.all([
          connect(a, jobs.token),
          connect(b, jobs.token),
          connect(b, other.token),
        ]);
        await notify(a, 'permission:jobs:job:read', 'for.permission');
        await notify(a, `user:${jobs.id}`, 'for.user');
        await notify(a, `user:${other.id}`, 'for.stranger');
        for (const client of [onA, onB]) {
          await eventually('both arrive', () => typesOf(client).length === 2);
          expect(typesOf(client)).toEqual(['for.permission', 'for.user']);
        }
        await eventually('the stranger has its own', () => typesOf(stranger).length === 1);
        expect(typesOf(stranger)).toEqual(['for.stranger']);
        expect(onB.bodiesOf('notification')[0]).toEqual({
          id: expect.any(Number),
          type: 'for.permission',
          payload: { of: 'for.permission' },
          createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
        });
      });

      it('are not sent for a unit of work that fails', async () => {
        const client = await connect(a, admin);
        const failing = a.app.get(UnitOfWork).run(async (tx) => {
          tx.notify(`user:${adminId}`, { type: 'never', payload: {} });
          throw new Error('rolled back');
        });
        await expect(failing).rejects.toThrow('rolled back');
        await notify(a, `user:${adminId}`, 'after');
        await eventually('the next one arrives', () => typesOf(client).includes('after'));
        expect(typesOf(client)).not.toContain('never');
      });

      it('carry the progress of a job to whoever asked and to those who may see jobs, once', async () => {
        const asker = await accounts.createUser('asker', []);
        const watcher = await connect(b, admin);
        const onB = await connect(b, asker.token);
        const job = { id: 'job-1', name: 'import-products', state: 'active' } as const;
        const sink = a.app.get<JobProgressSink>(JOB_PROGRESS_SINK);
        sink.progress({ ...job, requestedBy: asker.id, progress: { rows: 5 } });
        sink.progress({ ...job, requestedBy: adminId, progress: { rows: 6 } });
        await eventually('both arrive', () => watcher.bodiesOf('job.progress').length >= 2);
        await eventually('the one arrives', () => onB.bodiesOf('job.progress').length >= 1);
        expect(watcher.bodiesOf('job.progress')).toEqual([
          { ...job, progress: { rows: 5 } },
          { ...job, progress: { rows: 6 } },
        ]);
        expect(onB.bodiesOf('job.progress')).toEqual([{ ...job, progress: { rows: 5 } }]);
      });

      it('follow the roles of a user while connected', async () => {
        const user = await accounts.createUser('promoted', ['catalog:*']);
        const client = await connect(b, user.token);
        await a.call('PUT', `/roles/${user.roleId}`, {
          token: admin,
          headers: ifMatch(1),
          body: { name: 'promoted', permissions: ['jobs:job:read'] },
        });
        await eventually('jobs are heard', async () => {
          await notify(a, 'permission:jobs:job:read', 'jobs');
          return typesOf(client).includes('jobs');
        });
        await notify(a, 'permission:catalog:product:read', 'catalog');
        await notify(a, `user:${user.id}`, 'last');
        await eventually('the last one arrives', () => typesOf(client).includes('last'));
        expect(typesOf(client)).not.toContain('catalog');
      });

      it('are kept from a connection whose right to them ends with the same commit', async () => {
        const user = await accounts.createUser('demoted', ['jobs:*']);
        const client = await connect(a, user.token);
        await a.app.get(UnitOfWork).run(async (tx) => {
          await tx.execute(sql`
            UPDATE role
            SET permissions_json = '[]'
            WHERE id = ${user.roleId}
          `);
          tx.invalidate(`role:${user.roleId}`);
          tx.notify('permission:jobs:job:read', { type: 'too.late', payload: {} });
          tx.notify(`user:${user.id}`, { type: 'own', payload: {} });
        });
        await eventually('its own event arrives', () => typesOf(client).includes('own'));
        expect(typesOf(client)).toEqual(['own']);
        const { body } = await a.app.get(Metrics).render();
        expect(body).toMatch(/lockstep_push_withheld_total\{reason="not-allowed",[^}]*\} \d/);
      });

      it('are counted', async () => {
        const { body } = await a.app.get(Metrics).render();
        expect(body).toMatch(
          /lockstep_push_emits_total\{event="notification",role="authoring"\} \d+/,
        );
        expect(body).toMatch(
          /lockstep_push_refusals_total\{code="push.token-missing",role="authoring"\} 3/,
        );
        expect(body).toContain('lockstep_push_linked{role="authoring"} 1');
      });
    });

    describe('whatever else is published', () => {
      const heard = async (): Promise<number> => {
        const { body } = await b.app.get(Metrics).render();
        const counts = body.matchAll(/lockstep_push_ignored_total\{[^}]*\} (\d+)/g);
        return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
      };

      it('is counted, ends nothing, and moves nobody into a room', async () => {
        const user = await accounts.createUser(`eavesdropper-${adapter}`, []);
        const client = await connect(b, user.token);
        const before = await heard();
        const room = 'permission:jobs:job:read';
        await publishAsStranger(a.app, `user:${user.id}`, room);
        await eventually('it is counted', async () => (await heard()) - before >= 5);

        await notify(a, room, 'for.jobs');
        await notify(a, `user:${user.id}`, 'for.user');
        await eventually('its own event arrives', () => typesOf(client).includes('for.user'));
        expect(typesOf(client)).toEqual(['for.user']);
        expect(client.isConnected).toBe(true);
      });
    });

    it('closes the connection of a session that is revoked on the other replica', async () => {
      const token = await a.signIn();
      const client = await connect(b, token);
      await a.call('DELETE', '/sessions', { token });
      await eventually('it is closed', () => !client.isConnected);
      expect(client.bodiesOf('session.ended')).toEqual([{ code: 'identity.session-expired' }]);
      expect(client.disconnectReason).toBe('io server disconnect');
    });

    // From here on Redis goes away.
    describe('without Redis', () => {
      it('serves local clients and HTTP, and tells clients to catch up when it is back', async () => {
        const onA = await connect(a, admin);
        const onB = await connect(b, admin);
        await redis.kill();
        await notify(a, `user:${adminId}`, 'in the dark');
        await eventually('the local client hears it', () => typesOf(onA).includes('in the dark'));
        const { status } = await b.call('GET', '/notifications', { token: admin });
        expect(status).toBe(200);
        const health = await fetch(`${a.url}/health/live`);
        expect(health.status).toBe(200);

        await redis.restart();
        for (const client of [onA, onB]) {
          await eventually('it is told', () => client.bodiesOf('resync').length > 0);
        }
        await eventually('events cross again', async () => {
          await notify(a, `user:${adminId}`, 'again');
          return typesOf(onB).includes('again');
        });
      });

      it('closes the connection of a revoked session on the other replica within a second', async () => {
        const token = await a.signIn();
        const client = await connect(b, token);
        await redis.kill();
        await a.call('DELETE', '/sessions', { token });
        const [, waitedMs] = await inOwnTime(() =>
          eventually('it is closed', () => !client.isConnected),
        );
        expect(waitedMs).toBeLessThan(1_000);
        expect(await refused(b, { token })).toBe('identity.session-expired');
      });

      it('starts, takes connections and stops', async () => {
        const lonely = await office.start('lonely');
        const client = await connect(lonely, admin);
        await notify(lonely, `user:${adminId}`, 'lonely');
        await eventually('it arrives', () => typesOf(client).includes('lonely'));
        const [, waitedMs] = await inOwnTime(() => lonely.stop());
        expect(waitedMs).toBeLessThan(5_000);
        await eventually('the client is free to go elsewhere', () => !client.isConnected);
        expect(client.disconnectReason).toBe('transport close');
      });
    });
  });
}
