import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { RuntimeSettingEditor, ScalingRunner } from '#authoring/scaling';
import { PrimaryReader, sql, UnitOfWork, type SqlStatement } from '#libs/database';
import { HealthRegistry } from '#libs/observability';
import { describeOnEachDatabase, eventually, type DatabaseFixture } from '#libs/testing';
import {
  decisionAge,
  desiredGauge,
  plantReplica,
  startScalingReplica,
} from '../../../../test/support/scaling-replica.js';
import type { StaffReplica } from '../../../../test/support/staff-replica.js';
import type { DecisionAnswer, DesiredAnswer, DryRunAnswer } from './scaling-decision.schemas.js';
import type { RulesAnswer, RulesVersionsAnswer } from './scaling-rules.schemas.js';

const rules = (mode: string) => `
mode: ${mode}
coolDown: { up: 1m, down: 1m }
operands:
  cpu: { role: commerce, metric: cpu, aggregate: last, window: 10m }
  open: { role: commerce, metric: 'custom:open-orders', aggregate: last, window: 10m }
constraints:
  - { name: default, ranges: { commerce: { min: 1, max: 6 }, authoring: { min: 1, max: 3 } } }
reactive:
  - { name: busy, if: cpu > 80, scale: [{ target: commerce, by: 1 }] }
  - { name: shed, if: open > 100, changeSetting: { relatedProducts: false } }
`;

interface Items<Item> {
  readonly items: readonly Item[];
}

describeOnEachDatabase('the scaling API', (open) => {
  let database: DatabaseFixture;
  const replicas: StaffReplica[] = [];
  let a: StaffReplica;
  let token: string;

  beforeEach(async () => {
    database = await open();
    a = await start('a');
    token = await a.signIn();
  });
  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
    await database.remove();
  });

  async function start(name: string): Promise<StaffReplica> {
    const replica = await startScalingReplica(name, database.url);
    replicas.push(replica);
    return replica;
  }

  const get = <Body>(path: string) => a.call<Body>('GET', path, { token });
  const put = <Body>(content: string, version: number) =>
    a.call<Body>('PUT', '/scaling/rules', {
      token,
      body: { content },
      headers: { 'if-match': `"${version}"` },
    });
  const tick = (replica: StaffReplica) => replica.app.get(ScalingRunner).tick();
  const decisions = async () => (await get<Items<DecisionAnswer>>('/scaling/decisions')).body.items;

  const plant = (id: string, cpuPercent: number, seenAt = Date.now()) =>
    plantReplica(a, id, { cpuPercent, seenAt });

  it('keeps versions of the rules, and refuses what is stale or wrong', async () => {
    const none = { status: 404, body: { code: 'scaling.rules-not-found' } };
    expect(await get('/scaling/rules')).toMatchObject(none);
    expect((await put<RulesAnswer>(rules('advise'), 0)).body).toMatchObject({
      version: 1,
      author: expect.any(String),
    });
    expect((await put(rules('act'), 0)).status).toBe(412);
    const wrong = await put<{ code: string; errors: object[] }>('constraints: []', 1);
    expect([wrong.status, wrong.body.code]).toEqual([422, 'scaling.rules-invalid']);
    expect(wrong.body.errors).toContainEqual({
      path: 'constraints',
      message: expect.any(String),
    });
    expect((await put<RulesAnswer>(rules('act'), 1)).body.version).toBe(2);
    const { body } = await get<RulesVersionsAnswer>('/scaling/rules/versions');
    expect(body.items.map(({ version }) => version)).toEqual([2, 1]);
    const first = await get<RulesAnswer>('/scaling/rules/versions/1');
    expect(first.body.content).toBe(rules('advise'));
    expect((await get('/scaling/rules/versions/9')).status).toBe(404);
    expect((await a.call('GET', '/scaling/rules')).status).toBe(401);
  });

  it('tries rules on the fleet as it is, and changes nothing', async () => {
    await plant('c1', 95);
    const { status, body } = await a.call<DryRunAnswer>('POST', '/scaling/rules/dry-run', {
      token,
      body: { content: rules('act') },
    });
    expect(status).toBe(200);
    expect(body.roles[0]).toMatchObject({ role: 'commerce', current: 1, ready: 1, desired: 2 });
    expect(body.operands[1]).toMatchObject({ name: 'open', value: null });
    expect(await decisions()).toEqual([]);
    expect(await desiredGauge(a)).toEqual({});
    expect(await decisionAge(a)).toBeUndefined();
  });

  it('measures a replica by what it reports of itself', async () => {
    const content = `
operands:
  cpu: { role: authoring, metric: cpu, aggregate: last, window: 1m }
  ready: { role: authoring, metric: readyReplicas, aggregate: last, window: 1m }
constraints: [{ name: default, ranges: { authoring: { min: 1, max: 3 } } }]`;
    const path = '/scaling/rules/dry-run';
    const measure = () => a.call<DryRunAnswer>('POST', path, { token, body: { content } });
    a.app.get(HealthRegistry).markServing();
    // The first report says nothing of load; the next follows some seconds later.
    await eventually(
      'it is measured',
      async () => {
        const { operands } = (await measure()).body;
        return operands.every(({ value }) => value !== null && value > 0);
      },
      { everyMs: 250 },
    );
    expect((await measure()).body.roles[0]).toMatchObject({ current: 1, ready: 1, desired: 1 });
  });

  it('leaves a role alone whose replicas are not seen any more', async () => {
    await plant('c1', 95, Date.now() - 60_000);
    await put(rules('act'), 0);
    expect(await tick(a)).toBe('decided');
    const [decision] = await decisions();
    expect(decision?.roles.map(({ role }) => role)).toEqual(['authoring']);
    expect(decision?.rules).toContainEqual(
      expect.objectContaining({ rule: 'busy', outcome: 'frozen' }),
    );
    expect(await desiredGauge(a)).toEqual({ authoring: 1 });
    expect(await decisionAge(a)).toBeLessThan(60);
  });

  it('decides on, and in order, after a clock that was wrong', async () => {
    await put(rules('act'), 0);
    await tick(a);
    const decidedAt = async () => {
      const [row] = await a.app
        .get(PrimaryReader)
        .query<{ decided_at: number }>(sql`SELECT decided_at FROM scaling_lease`);
      return row?.decided_at;
    };
    const say = (at: number) =>
      a.app
        .get(UnitOfWork)
        .run((tx) => tx.execute(sql`UPDATE scaling_lease SET decided_at = ${at}`));
    const aLittleAhead = Date.now() + 30_000;
    await say(aLittleAhead);
    expect(await tick(a)).toBe('decided');
    expect(await decidedAt()).toBe(aLittleAhead + 1);
    await say(Date.now() + 86_400_000);
    expect(await tick(a)).toBe('decided');
    expect(await decidedAt()).toBeLessThan(aLittleAhead);
  });

  it('publishes and audits what it decides when it acts, and withdraws it when it is off', async () => {
    await plant('c1', 95);
    await plant('c2', 85);
    await put(rules('act'), 0);
    expect(await tick(a)).toBe('decided');
    const [decision] = await decisions();
    expect(decision).toMatchObject({ rulesVersion: 1, mode: 'act', isChange: true });
    expect(decision?.roles[0]).toMatchObject({
      current: 2,
      desired: 3,
      because: ['busy asks for +1'],
    });
    expect(decision?.operands[0]).toMatchObject({ name: 'cpu', value: 90 });
    expect(await desiredGauge(a)).toMatchObject({ commerce: 3 });
    const { items } = (await get<DesiredAnswer>('/scaling/desired')).body;
    expect(items).toContainEqual({ role: 'commerce', replicas: 3 });
    const audit = await get<Items<{ action: string; entityId: string }>>('/audit-log');
    expect(audit.body.items).toContainEqual(
      expect.objectContaining({ action: 'scaling:role:scale', entityId: 'commerce' }),
    );
    // The third is on its way: steps count from what is wanted, and the cool-down holds.
    expect(await tick(a)).toBe('decided');
    expect((await decisions())[0]?.roles[0]).toMatchObject({ current: 3, desired: 3 });
    await put(rules('off'), 1);
    expect(await tick(a)).toBe('off');
    expect(await desiredGauge(a)).toEqual({});
  });

  it('only advises in the mode that says so', async () => {
    await plant('c1', 95);
    await put(rules('advise'), 0);
    expect(await tick(a)).toBe('decided');
    expect((await decisions())[0]).toMatchObject({ mode: 'advise', isChange: true });
    expect(await desiredGauge(a)).toEqual({});
    const written = await a.app
      .get(PrimaryReader)
      .query<{ type: string }>(sql`SELECT type FROM notification ORDER BY id`);
    expect(written.map(({ type }) => type)).toContain('scaling.advice');
  });

  it('gives the same advice once', async () => {
    await plant('c1', 10);
    await put(rules('advise').replace('commerce: { min: 1', 'commerce: { min: 3'), 0);
    const advice = () =>
      a.app
        .get(PrimaryReader)
        .query(sql`SELECT type FROM notification WHERE type = 'scaling.advice'`);
    expect([await tick(a), await tick(a), await tick(a)]).toEqual(Array(3).fill('decided'));
    expect((await decisions()).map(({ roles }) => roles[0]?.desired)).toEqual([3, 3, 3]);
    expect(await advice()).toHaveLength(1);
  });

  it('switches a setting by a measurement of another application', async () => {
    await plant('c1', 10);
    await put(rules('act'), 0);
    const report = (value: number) =>
      a.call('POST', '/scaling/samples', {
        token,
        body: { samples: [{ role: 'commerce', metric: 'custom:open-orders', value }] },
      });
    expect((await report(101)).status).toBe(204);
    await tick(a);
    expect(await a.app.get(RuntimeSettingEditor).get()).toEqual({
      livePush: true,
      relatedProducts: false,
      stockAtCheckout: true,
    });
    const on = await a.call('PUT', '/scaling/settings/relatedProducts', {
      token,
      body: { isOn: true },
    });
    expect(on.status).toBe(200);
    const lights = { token, body: { isOn: true } };
    expect(await a.call('PUT', '/scaling/settings/lights', lights)).toMatchObject({
      status: 404,
      body: { code: 'scaling.setting-not-found' },
    });
    const settings = await get<Items<{ name: string; isOn: boolean }>>('/scaling/settings');
    expect(settings.body.items).toContainEqual(
      expect.objectContaining({ name: 'relatedProducts', isOn: true }),
    );
  });

  it('decides in one replica, and in another once its lease has ended', async () => {
    const b = await start('b');
    await plant('c1', 95);
    await put(rules('act'), 0);
    expect(await tick(a)).toBe('decided');
    expect(await tick(b)).toBe('not-holder');
    await a.app
      .get(UnitOfWork)
      .run((tx) => tx.execute(sql`UPDATE scaling_lease SET expires_at = 0`));
    expect(await tick(b)).toBe('decided');
    expect(await tick(a)).toBe('not-holder');
    expect((await decisions()).map(({ fence }) => fence)).toEqual([2, 1]);
    // Both publish the same, whichever decides.
    expect(await desiredGauge(b)).toEqual(await desiredGauge(a));
  });

  it('decides by the rules that hold, whichever replica they were given to', async () => {
    const b = await start('b');
    await put(rules('act'), 0);
    expect(await tick(b)).toBe('decided');
    await put(rules('off'), 1);
    expect(await tick(b)).toBe('off');
    await put(rules('act'), 2);
    expect(await tick(b)).toBe('decided');
    expect((await decisions()).map(({ rulesVersion }) => rulesVersion)).toEqual([3, 1]);
  });

  it('leaves the lease to others in a replica that cannot read the rules', async () => {
    const b = await start('b');
    await put(rules('act'), 0);
    expect(await tick(a)).toBe('decided');
    const change = (statement: SqlStatement) =>
      a.app.get(UnitOfWork).run((tx) => tx.execute(statement));
    // A later release has written what this one does not know.
    await change(sql`UPDATE scaling_rules SET content = ${'{ "later": true }'}`);
    await change(sql`UPDATE scaling_lease SET expires_at = 0`);
    expect(await tick(a)).toBe('failed');
    await change(sql`UPDATE scaling_rules SET content = ${rules('act')}`);
    expect(await tick(b)).toBe('decided');
  });

  it('lets another replica take over at once when the holder stops in order', async () => {
    const b = await start('b');
    await put(rules('act'), 0);
    expect(await tick(b)).toBe('decided');
    await b.stop();
    replicas.pop();
    expect(await tick(a)).toBe('decided');
  });
});
