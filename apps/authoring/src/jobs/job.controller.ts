import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { JobAdministration, type JobView } from '#authoring/jobs';
import { Answers, cursorCodec, RequirePermission } from '#libs/http';
import {
  jobAnswer,
  jobPage,
  jobParams,
  jobPosition,
  jobQuery,
  type JobAnswer,
  type JobPage,
  type JobParams,
  type JobQuery,
} from './job.schemas.js';

const positions = cursorCodec(jobPosition);

@ApiTags('Jobs')
@Controller('jobs')
export class JobController {
  constructor(private readonly jobs: JobAdministration) {}

  @Get()
  @RequirePermission('jobs:job:read')
  @Answers(200, jobPage, 'Jobs, newest first.')
  async list(@Query({ schema: jobQuery }) query: JobQuery): Promise<JobPage> {
    const { cursor, limit, state, name, requestedBy } = query;
    const after = cursor === undefined ? undefined : positions.decode(cursor);
    const states = state === undefined ? undefined : [state];
    const jobs = await this.jobs.list({ states, name, requestedBy }, after, limit + 1);
    const shown = jobs.slice(0, limit);
    const last = jobs.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(toAnswer),
      nextCursor:
        last === undefined ? null : positions.encode({ createdAt: last.createdAt, id: last.id }),
    };
  }

  @Get(':id')
  @RequirePermission('jobs:job:read')
  @Answers(200, jobAnswer, 'The job.')
  async get(@Param({ schema: jobParams }) { id }: JobParams): Promise<JobAnswer> {
    return toAnswer(await this.jobs.get(id));
  }

  @Post(':id/retry')
  @HttpCode(202)
  @RequirePermission('jobs:job:retry')
  @Answers(202, jobAnswer, 'The dead or cancelled job has fresh attempts.')
  async retry(@Param({ schema: jobParams }) { id }: JobParams): Promise<JobAnswer> {
    return toAnswer(await this.jobs.retry(id));
  }

  @Post(':id/cancel')
  @HttpCode(202)
  @RequirePermission('jobs:job:cancel')
  @Answers(202, jobAnswer, 'The job is cancelled, or asked to stop when it runs.')
  async cancel(@Param({ schema: jobParams }) { id }: JobParams): Promise<JobAnswer> {
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

function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function isoTimeOrNull(epochMs: number | undefined): string | null {
  return epochMs === undefined ? null : isoTime(epochMs);
}
