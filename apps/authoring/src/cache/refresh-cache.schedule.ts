import { defineSchedule } from '#authoring/jobs';
import { refreshedRegions } from '#libs/catalog';
import { refreshCacheJob } from '#libs/fleet';

/** Every minute: well within the windows of the regions, so that an order may be late. */
export const refreshCacheSchedule = defineSchedule({
  name: 'refresh-cache',
  cron: '* * * * *',
  job: refreshCacheJob,
  payload: { regions: [...refreshedRegions] },
});
