import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { TestingModule } from '@nestjs/testing';
import { PrimaryReader, sql, UnitOfWork } from '#libs/database';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase, type DatabaseFixture } from '#libs/testing';
import { startPlatform } from '../../../../../test/support/platform.js';
import { ScalingPruner } from './scaling.pruner.js';

const DAY_MS = 86_400_000;
const NOW = 1_000 * DAY_MS;

describeOnEachDatabase('pruning of scaling', (open) => {
  let database: DatabaseFixture;
  let module: TestingModule;

  beforeEach(async () => {
    database = await open();
    module = await startPlatform({ databaseUrl: database.url, providers: [ScalingPruner] });
  });
  afterEach(async () => {
    await module.close();
    await database.remove();
  });

  const insert = (table: string, row: Readonly<Record<string, string | number>>) =>
    module.get(UnitOfWork).run((tx) => tx.execute(sql.insert(table, [row])));
  const decided = (isChange: number, ageMs: number, mode = 'act') =>
    insert('scaling_decision', {
      id: newId(),
      decided_at: NOW - ageMs,
      fence: 1,
      rules_version: 1,
      mode,
      is_change: isChange,
      content_json: '{}',
    });
  const measured = (ageMs: number) =>
    insert('scaling_sample', {
      id: newId(),
      sampled_at: NOW - ageMs,
      role: 'commerce',
      metric: 'cpu',
      value_text: '1',
    });

  it('keeps evaluations for a day, advice for a week, changes for ninety days, and what a window may read', async () => {
    await decided(0, DAY_MS);
    await decided(0, DAY_MS + 1);
    await decided(1, DAY_MS + 1);
    await decided(1, 90 * DAY_MS);
    await decided(1, 90 * DAY_MS + 1);
    await decided(1, 7 * DAY_MS, 'advise');
    await decided(1, 7 * DAY_MS + 1, 'advise');
    // A window of a day may end two days ago.
    await measured(3 * DAY_MS);
    await measured(4 * DAY_MS + 1);
    const pruner = module.get(ScalingPruner);
    expect(await pruner.pruneBatch(NOW)).toBe(4);
    expect(await pruner.pruneBatch(NOW)).toBe(0);
    const reader = module.get(PrimaryReader);
    const decisions = await reader.query<{ is_change: number; decided_at: number }>(
      sql`SELECT is_change, decided_at FROM scaling_decision ORDER BY decided_at`,
    );
    expect(decisions.map(({ is_change, decided_at }) => [is_change, NOW - decided_at])).toEqual([
      [1, 90 * DAY_MS],
      [1, 7 * DAY_MS],
      [1, DAY_MS + 1],
      [0, DAY_MS],
    ]);
    const samples = await reader.query<{ sampled_at: number }>(
      sql`SELECT sampled_at FROM scaling_sample`,
    );
    expect(samples.map(({ sampled_at }) => NOW - sampled_at)).toEqual([3 * DAY_MS]);
  });

  it('goes by batches, so that nothing waits for long', async () => {
    const row = { sampled_at: 1, role: 'commerce', metric: 'cpu', value_text: '1' };
    for (let batch = 0; batch < 3; batch += 1) {
      const rows = Array.from({ length: 201 }, () => ({ ...row, id: newId() }));
      await module.get(UnitOfWork).run((tx) => tx.execute(sql.insert('scaling_sample', rows)));
    }
    const pruner = module.get(ScalingPruner);
    expect(await pruner.pruneBatch(NOW)).toBe(500);
    expect(await pruner.pruneBatch(NOW)).toBe(103);
    expect(await pruner.pruneBatch(NOW)).toBe(0);
  });
});
