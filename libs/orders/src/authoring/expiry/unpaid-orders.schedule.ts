import { defineSchedule } from '#authoring/jobs';
import { findUnpaidOrdersJob } from './unpaid-order.jobs.js';

export const unpaidOrdersSchedule = defineSchedule({
  name: 'find-unpaid-orders',
  cron: '*/5 * * * *',
  job: findUnpaidOrdersJob,
  payload: {},
});
