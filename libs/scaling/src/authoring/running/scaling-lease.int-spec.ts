import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { TestingModule } from '@nestjs/testing';
import { sql, UnitOfWork } from '#libs/database';
import { describeOnEachDatabase, type DatabaseFixture } from '#libs/testing';
import { startPlatform } from '../../../../../test/support/platform.js';
import { NO_MEMORY } from '../../model/deciding/decision.js';
import { ScalingLeaseRepository } from './scaling-lease.repository.js';

const HOUR_MS = 3_600_000;
const outcome = (commerce: number) =>
  ({ memory: NO_MEMORY, mode: 'act', desired: { commerce } }) as const;

describeOnEachDatabase('the lease of scaling', (open) => {
  let database: DatabaseFixture;
  let module: TestingModule;
  let leases: ScalingLeaseRepository;

  beforeEach(async () => {
    database = await open();
    module = await startPlatform({
      databaseUrl: database.url,
      providers: [ScalingLeaseRepository],
    });
    leases = module.get(ScalingLeaseRepository);
  });
  afterEach(async () => {
    await module.close();
    await database.remove();
  });

  const write = (holder: string, fence: number, commerce: number) =>
    module.get(UnitOfWork).run((tx) => leases.tryWrite(tx, holder, fence, outcome(commerce), 1));
  const end = () =>
    module.get(UnitOfWork).run((tx) => tx.execute(sql`UPDATE scaling_lease SET expires_at = 0`));

  it('belongs to one, however many ask at once', async () => {
    const holders = ['a', 'b', 'c', 'd'];
    const taken = await Promise.all(holders.map((holder) => leases.tryTake(holder, HOUR_MS)));
    expect(taken.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  it('keeps its fence while its holder makes it last, and grows with the next holder', async () => {
    expect((await leases.tryTake('a', HOUR_MS))?.fence).toBe(1);
    expect((await leases.tryTake('a', HOUR_MS))?.fence).toBe(1);
    expect(await leases.tryTake('b', HOUR_MS)).toBeUndefined();
    await leases.release('b');
    expect(await leases.tryTake('b', HOUR_MS)).toBeUndefined();
    await leases.release('a');
    expect((await leases.tryTake('b', HOUR_MS))?.fence).toBe(2);
  });

  it('refuses what a holder writes that stood still while another one took over', async () => {
    const first = await leases.tryTake('a', HOUR_MS);
    expect(await write('a', first?.fence ?? 0, 3)).toBe(true);
    await end();
    const second = await leases.tryTake('b', HOUR_MS);
    expect(second).toMatchObject({ fence: 2, outcome: { desired: { commerce: 3 } } });
    expect(await write('a', first?.fence ?? 0, 9)).toBe(false);
    expect(await leases.findOutcome()).toMatchObject({ desired: { commerce: 3 } });
    // The first has the lease again, with another fence: what it began before is void as well.
    await end();
    expect((await leases.tryTake('a', HOUR_MS))?.fence).toBe(3);
    expect(await write('a', 1, 9)).toBe(false);
    expect(await write('a', 3, 4)).toBe(true);
  });
});
