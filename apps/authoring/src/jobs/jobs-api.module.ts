import { Module } from '@nestjs/common';
import { JobController } from './job.controller.js';
import { ScheduleController } from './schedule.controller.js';

/** `/jobs` and `/schedules`. */
@Module({ controllers: [JobController, ScheduleController] })
export class JobsApiModule {}
