import { expect, it } from '@jest/globals';
import type { CoherentCache, DeclaredReader } from '#libs/cache';
import type { SqlReader } from '#libs/database';
import { ApiKeyReader } from './api-key.reader.js';
import { SessionReader } from './session.reader.js';
import { StaffAccessReader } from './staff-access.reader.js';

it('never serves what identity has cached without confirmation', () => {
  const policies: DeclaredReader<never, unknown>[] = [];
  const cache = {
    reader: (policy: DeclaredReader<never, unknown>) => policies.push(policy),
  } as unknown as CoherentCache;
  const readers = [SessionReader, ApiKeyReader, StaffAccessReader].map(
    (Reader) => new Reader(cache, {} as SqlReader),
  );
  expect(readers).toHaveLength(policies.length);
  expect(policies.map(({ maxStaleMs }) => maxStaleMs)).toEqual([0, 0, 0]);
  for (const { leaseMs } of policies) expect(leaseMs).toBeLessThanOrEqual(500);
});
