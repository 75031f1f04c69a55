import { z } from 'zod';

const scheduleAnswer = z.object({
  name: z.string(),
  cron: z.string().describe('Five or six fields, in UTC.'),
  isEnabled: z.boolean(),
  nextAt: z.iso.datetime(),
  lastAt: z.iso.datetime().nullable(),
  lastJobId: z.uuid().nullable(),
});

export const schedulesAnswer = z.object({ items: z.array(scheduleAnswer) });
export type SchedulesAnswer = z.infer<typeof schedulesAnswer>;
