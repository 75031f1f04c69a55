import { defineSchedule } from '#authoring/jobs';
import { ratePopularityJob } from './rate-popularity.job.js';

/** No list by popularity or relevance is voided more often for it. */
export const ratePopularitySchedule = defineSchedule({
  name: 'rate-popularity',
  cron: '23 * * * *',
  job: ratePopularityJob,
  payload: {},
});
