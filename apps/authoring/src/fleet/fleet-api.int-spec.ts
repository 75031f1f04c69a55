import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql, UnitOfWork } from '#libs/database';
import { describeOnEachDatabase, type DatabaseFixture } from '#libs/testing';
import { StaffAccounts } from '../../../../test/support/staff-accounts.js';
import { startStaffReplica, type StaffReplica } from '../../../../test/support/staff-replica.js';
import { IdentityApiModule } from '../identity/identity-api.module.js';
import { FleetApiModule } from './fleet-api.module.js';
import { doctorAnswer, fleetAnswer } from './fleet.schemas.js';

describeOnEachDatabase('the fleet API', (open) => {
  let database: DatabaseFixture;
  let replica: StaffReplica;
  let watcher: string;
  let stranger: string;

  beforeAll(async () => {
    database = await open();
    replica = await startStaffReplica({
      name: 'a',
      // Nobody answers there.
      redisUrl: 'redis://127.0.0.1:1',
      databaseUrl: database.url,
      modules: [IdentityApiModule, FleetApiModule],
    });
    const accounts = new StaffAccounts(replica, await replica.signIn());
    watcher = (await accounts.createUser('watcher', ['fleet:replica:read'])).token;
    stranger = (await accounts.createUser('stranger', ['cache:region:read'])).token;
  });

  afterAll(async () => {
    await replica.stop();
    await database.remove();
  });

  const get = (path: string, token?: string) => replica.call('GET', path, { token });

  it.each(['/fleet', '/fleet/doctor'])('shows %s to staff who may see the fleet', async (path) => {
    expect((await get(path)).status).toBe(401);
    expect((await get(path, stranger)).status).toBe(403);
    expect((await get(path, watcher)).status).toBe(200);
  });

  it('lists the replicas', async () => {
    const { body } = await get('/fleet', watcher);
    expect(fleetAnswer.strict().parse(body).answeredBy).toBe('a');
  });

  it('answers what the doctor has found, with advice where something is wrong', async () => {
    const { body } = await get('/fleet/doctor', watcher);
    const { answeredBy, findings } = doctorAnswer.strict().parse(body);
    expect(answeredBy).toBe('a');
    for (const { status, advice } of findings) expect(advice === undefined).toBe(status === 'ok');
    expect(findings).toContainEqual(expect.objectContaining({ check: 'schema', status: 'ok' }));
    expect(findings).toContainEqual(expect.objectContaining({ check: 'redis', status: 'failed' }));
  });

  it('answers also when the list of replicas cannot be read', async () => {
    await replica.app.get(UnitOfWork).run((tx) => tx.execute(sql`DROP TABLE replica`));
    const { status, body } = await get('/fleet/doctor', watcher);
    expect(status).toBe(200);
    expect(doctorAnswer.parse(body).findings).toContainEqual(
      expect.objectContaining({ check: 'replicas', status: 'failed' }),
    );
  });
});
