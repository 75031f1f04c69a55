import { expect, it } from '@jest/globals';
import { refreshedRegions } from '#libs/catalog';
import { REFRESH_WINDOW_MS } from '#libs/stores';
import { nextOccurrence } from '../../../../libs/jobs/src/schedule/job-schedule.js';
import { refreshCacheSchedule } from './refresh-cache.schedule.js';

const DAY_MS = 24 * 3_600_000;
/** So that over a day it meets many minutes and seconds. */
const STRIDE_MS = 31 * 60_000 + 13_000;

it('gives the next order before the window of one is over, even if an order is left out', () => {
  const start = Date.UTC(2026, 1, 28);
  let widestMs = 0;
  for (let at = start; at < start + DAY_MS; at += STRIDE_MS) {
    const order = nextOccurrence(refreshCacheSchedule.cron, at);
    const next = nextOccurrence(refreshCacheSchedule.cron, order);
    widestMs = Math.max(widestMs, next - order);
  }
  // What is beyond the window of one order is within that of the next: no value expires in between.
  expect(2 * widestMs).toBeLessThan(REFRESH_WINDOW_MS);
});

it('orders the regions that the catalog wants refreshed, in one job', async () => {
  const payloads: unknown[] = [];
  await refreshCacheSchedule.enqueue(async (job, payload) => {
    payloads.push([job.name, job.schema.parse(payload)]);
    return 'id';
  });
  expect(payloads).toEqual([['refresh-cache', { regions: [...refreshedRegions] }]]);
});
