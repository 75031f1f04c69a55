import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { JobScheduler } from '#authoring/jobs';
import { Answers, isoTime, isoTimeOrNull, RequirePermission } from '#libs/http';
import { schedulesAnswer, type SchedulesAnswer } from './schedule.schemas.js';

@ApiTags('Jobs')
@Controller('schedules')
export class ScheduleController {
  constructor(private readonly scheduler: JobScheduler) {}

  @Get()
  @RequirePermission('jobs:schedule:read')
  @ApiOperation({ summary: 'List schedules' })
  @Answers(200, schedulesAnswer, 'What is enqueued again and again, by name.')
  async list(): Promise<SchedulesAnswer> {
    const schedules = await this.scheduler.list();
    return {
      items: schedules.map(({ name, cron, isEnabled, nextAt, lastAt, lastJobId }) => ({
        name,
        cron,
        isEnabled,
        nextAt: isoTime(nextAt),
        lastAt: isoTimeOrNull(lastAt),
        lastJobId: lastJobId ?? null,
      })),
    };
  }
}
