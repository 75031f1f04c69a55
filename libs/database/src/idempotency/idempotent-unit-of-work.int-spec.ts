import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEachDatabase, gate } from '#libs/testing';
import { CatalogFixture } from '../../../catalog/test/catalog-fixture.js';
import { newId, systemClock } from '#libs/kernel';
import type { DatabaseClock } from '../database-clock.js';
import { IdempotentUnitOfWork } from './idempotent-unit-of-work.js';
import { IdempotencyRecordPruner } from './idempotency-record.pruner.js';

describeOnEachDatabase('IdempotentUnitOfWork', (open) => {
  let catalog: CatalogFixture;
  let here: IdempotentUnitOfWork;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
    here = new IdempotentUnitOfWork(catalog.unitOfWork, systemClock as DatabaseClock);
  });

  afterAll(() => catalog.close());

  const request = (body: { readonly total: number; readonly note?: string } = { total: 1 }) => ({
    scope: 'checkout:1',
    key: newId(),
    body,
  });

  it('does the work once and gives its answer again', async () => {
    const asked = request({ total: 1, note: 'x' });
    let runs = 0;
    const work = async () => {
      runs += 1;
      return { run: runs };
    };
    expect(await here.run(asked, work)).toEqual({ run: 1 });
    // The order of the fields makes no other request.
    expect(await here.run({ ...asked, body: { note: 'x', total: 1 } }, work)).toEqual({ run: 1 });
    expect(runs).toBe(1);
    await expect(here.run({ ...asked, body: { total: 2 } }, work)).rejects.toMatchObject({
      code: 'idempotency.key-reused',
      status: 422,
    });
    expect(await here.run({ ...asked, scope: 'checkout:2' }, work)).toEqual({ run: 2 });
  });

  it('keeps no answer of what failed', async () => {
    const asked = request();
    const failing = here.run(asked, async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await here.run(asked, async () => 'done')).toBe('done');
  });

  it('answers the same to another process that began before it ended', async () => {
    const other = await catalog.another();
    const there = new IdempotentUnitOfWork(other.unitOfWork, systemClock as DatabaseClock);
    const asked = request();
    const answers = await Promise.all([
      here.run(asked, async () => 'here'),
      there.run(asked, async () => 'there'),
    ]);
    expect(new Set(answers).size).toBe(1);
    await other.close();
  });

  it('refuses a second request with the key while the first is worked on here', async () => {
    const asked = request();
    const held = gate();
    const first = here.exclusively(asked, () => held.opened);
    await expect(here.exclusively(asked, async () => undefined)).rejects.toMatchObject({
      code: 'idempotency.in-progress',
      retryAfterSeconds: 1,
    });
    held.open();
    await first;
    expect(await here.exclusively(asked, async () => 'again')).toBe('again');
  });

  it('forgets what is older than a day', async () => {
    const asked = request();
    await here.run(asked, async () => 'kept');
    const pruner = new IdempotencyRecordPruner(catalog.unitOfWork);
    const DAY_MS = 24 * 3_600_000;
    await pruner.pruneBatch(Date.now() + DAY_MS);
    expect(await here.findAnswer(catalog.reader, asked)).toBe('kept');
    while ((await pruner.pruneBatch(Date.now() + 2 * DAY_MS)) > 0);
    expect(await here.findAnswer(catalog.reader, asked)).toBeUndefined();
  });
});
