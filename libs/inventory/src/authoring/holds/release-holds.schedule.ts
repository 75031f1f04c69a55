import { defineSchedule } from '#authoring/jobs';
import { releaseHoldsJob } from './release-holds.job.js';

/** So long a hold that has expired may keep others from buying. */
export const releaseHoldsSchedule = defineSchedule({
  name: 'release-holds',
  cron: '* * * * *',
  job: releaseHoldsJob,
  payload: {},
});
