import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { JobAdministration, type JobView } from '#authoring/jobs';
import {
  Answers,
  idParams,
  isoTime,
  isoTimeOrNull,
  pageByCreation,
  RequirePermission,
  type IdParams,
  type Page,
} from '#libs/http';
import { jobAnswer, jobPage, jobQuery, type JobAnswer, type JobQuery } from './job.schemas.js';

@ApiTags('Jobs')
@Controller('jobs')
export class JobController {
  constructor(private readonly jobs: JobAdministration) {}

  @Get()
  @RequirePermission('jobs:job:read')
  @ApiOperation({ summary: 'List jobs' })
  @Answers(200, jobPage, 'Jobs, newest first.')
  list(@Query({ schema: jobQuery }) query: JobQuery): Promise<Page<JobAnswer>> {
    const { state, name, requestedBy, ...page } = query;
    const states = state === undefined ? undefined : [state];
    return pageByCreation(
      page,
      (after, limit) => this.jobs.list({ states, name, requestedBy }, after, limit),
      toAnswer,
    );
  }

  @Get(':id')
  @RequirePermission('jobs:job:read')
  @ApiOperation({ summary: 'Get a job' })
  @Answers(200, jobAnswer, 'The job.')
  async get(@Param({ schema: idParams }) { id }: IdParams): Promise<JobAnswer> {
    return toAnswer(await this.jobs.get(id));
  }

  @Post(':id/retry')
  @HttpCode(202)
  @RequirePermission('jobs:job:retry')
  @ApiOperation({ summary: 'Retry a job' })
  @Answers(202, jobAnswer, 'The dead or cancelled job has fresh attempts.')
  async retry(@Param({ schema: idParams }) { id }: IdParams): Promise<JobAnswer> {
    return toAnswer(await this.jobs.retry(id));
  }

  @Post(':id/cancel')
  @HttpCode(202)
  @RequirePermission('jobs:job:cancel')
  @ApiOperation({ summary: 'Cancel a job' })
  @Answers(202, jobAnswer, 'The job is cancelled, or asked to stop when it runs.')
  async cancel(@Param({ schema: idParams }) { id }: IdParams): Promise<JobAnswer> {
    return toAnswer(await this.jobs.cancel(id));
  }
}

function toAnswer(job: JobView): JobAnswer {
  return {
    id: job.id,
    name: job.name,
    version: job.version,
    state: job.state,
    payload: job.payload,
    attempts: job.attempts,
    maxAttempts: job.maxAttempts,
    progress: job.progress ?? null,
    result: job.result ?? null,
    error: job.error === undefined ? null : { ...job.error, at: isoTime(job.error.at) },
    requestedBy: job.requestedBy ?? null,
    requestId: job.requestId ?? null,
    isCancelRequested: job.isCancelRequested,
    availableAt: isoTime(job.availableAt),
    createdAt: isoTime(job.createdAt),
    startedAt: isoTimeOrNull(job.startedAt),
    finishedAt: isoTimeOrNull(job.finishedAt),
    replica: job.replica ?? null,
  };
}
