import { defineSchedule } from '#authoring/jobs';
import { findAwaitingOrdersJob } from './awaiting-order.jobs.js';

export const awaitingOrdersSchedule = defineSchedule({
  name: 'find-awaiting-orders',
  cron: '*/5 * * * *',
  job: findAwaitingOrdersJob,
  payload: {},
});
