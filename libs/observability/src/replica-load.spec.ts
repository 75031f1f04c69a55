import { expect, it } from '@jest/globals';
import { ReplicaLoad } from './replica-load.js';

it('measures what happened since it was last asked, and nothing of before', () => {
  const load = new ReplicaLoad();
  let sentAhead = 0;
  load.addRequests(() => sentAhead);
  for (let count = 0; count < 99; count += 1) load.noteRequest(10);
  load.noteRequest(500);
  sentAhead = 900;
  const busy = load.snapshot();
  expect(busy.p99Ms).toBeGreaterThan(9);
  expect(busy.p99Ms).toBeLessThan(600);
  expect(busy.requestsPerSecond).toBeGreaterThan(0);
  const idle = load.snapshot();
  expect(idle).toMatchObject({ p99Ms: 0, requestsPerSecond: 0 });
});

it('counts the work of the processor', () => {
  const load = new ReplicaLoad();
  load.snapshot();
  const until = process.cpuUsage().user + 30_000;
  let turns = 0;
  while (process.cpuUsage().user < until) turns += 1;
  expect(turns).toBeGreaterThan(0);
  expect(load.snapshot().cpuPercent).toBeGreaterThan(0);
});
