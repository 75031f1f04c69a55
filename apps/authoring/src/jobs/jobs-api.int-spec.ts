import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { z } from 'zod';
import { JobHandler, JobsAuthoringModule, type HandlesJob } from '#authoring/jobs';
import { UnitOfWork } from '#libs/database';
import type { Page } from '#libs/http';
import { defineJob, JobsModule } from '#libs/jobs';
import { describeOnEachDatabase, eventually } from '#libs/testing';
import { openBackOffice, type BackOffice } from '../../../../test/support/back-office.js';
import type { StaffReplica } from '../../../../test/support/staff-replica.js';
import { IdentityApiModule } from '../identity/identity-api.module.js';
import { JobsApiModule } from './jobs-api.module.js';
import type { JobAnswer } from './job.schemas.js';
import type { SchedulesAnswer } from './schedule.schemas.js';

const failing = defineJob({
  name: 'failing',
  version: 1,
  schema: z.strictObject({ what: z.string(), password: z.string() }),
  retry: { attempts: 1 },
});

@Injectable()
@JobHandler(failing)
class Failing implements HandlesJob<z.infer<typeof failing.schema>> {
  async handle({ what }: z.infer<typeof failing.schema>): Promise<void> {
    throw new Error(`cannot ${what}`);
  }
}

@Module({
  imports: [
    JobsModule.forRoot({ contracts: [failing] }),
    JobsAuthoringModule.forRoot(),
    JobsApiModule,
  ],
  providers: [Failing],
})
class JobsWithApi {}

const UNKNOWN = '01900000-0000-7000-8000-000000000000';

describeOnEachDatabase('the jobs API', (open) => {
  let office: BackOffice;
  let replica: StaffReplica;
  let token: string;

  beforeAll(async () => {
    office = await openBackOffice(open, [IdentityApiModule, JobsWithApi]);
    ({ replica, token } = office);
  });
  afterAll(async () => {
    await office?.close();
  });

  const enqueue = (what: string, delayMs = 0) =>
    replica.app
      .get(UnitOfWork)
      .run((tx) => tx.enqueue(failing, { what, password: 'hunter2' }, { delayMs }));
  const get = <Body>(path: string) => replica.call<Body>('GET', path, { token });
  const post = <Body>(path: string) => replica.call<Body>('POST', path, { token });

  it('shows a dead job with its error, and gives it fresh attempts', async () => {
    const id = await enqueue('work');
    const dead = await eventually('the job is dead', async () => {
      const { body } = await get<JobAnswer>(`/jobs/${id}`);
      return body.state === 'dead' ? body : undefined;
    });
    expect(dead).toMatchObject({
      payload: { what: 'work', password: '[redacted]' },
      attempts: 1,
      error: { code: 'jobs.failed', message: 'cannot work', attempt: 1 },
      replica: null,
    });
    const cancelled = await replica.call('POST', `/jobs/${id}/cancel`, { token });
    expect([cancelled.status, cancelled.body]).toMatchObject([
      409,
      { code: 'jobs.not-cancellable', state: 'dead' },
    ]);
    expect((await get<JobAnswer>(`/jobs/${id}`)).body).toEqual(dead);
    const { body: noted } = await get<Page<object>>(`/audit-log?entityId=${id}`);
    expect(noted.items).toEqual([]);
    const { status, body } = await post<JobAnswer>(`/jobs/${id}/retry`);
    // A quick worker has tried it already by the time it is answered.
    expect([status, body.error?.at === dead.error?.at]).toEqual([202, false]);
    await eventually('it is tried again', async () => {
      const again = (await get<JobAnswer>(`/jobs/${id}`)).body;
      return again.state === 'dead' && again.error?.at !== dead.error?.at;
    });
  });

  it('cancels a job that waits, and refuses what makes no sense', async () => {
    const id = await enqueue('later', 3_600_000);
    const retried = await replica.call('POST', `/jobs/${id}/retry`, { token });
    expect([retried.status, retried.body.code]).toEqual([409, 'jobs.not-retryable']);
    const cancelled = await post<JobAnswer>(`/jobs/${id}/cancel`);
    expect([cancelled.status, cancelled.body.state]).toEqual([202, 'cancelled']);
    const unknown = await replica.call('POST', `/jobs/${UNKNOWN}/cancel`, { token });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'jobs.not-found']);
    expect((await replica.call('GET', '/jobs/nonsense', { token })).status).toBe(400);
    expect((await replica.call('GET', '/jobs?colour=red', { token })).status).toBe(400);
    expect((await replica.call('GET', '/jobs')).status).toBe(401);
  });

  it('pages through jobs, newest first, and filters them', async () => {
    const ids: string[] = [];
    for (const what of ['one', 'two', 'three']) ids.unshift(await enqueue(what, 3_600_000));
    // Of one name: what is scheduled may be pending at any moment.
    const pending = '/jobs?state=pending&name=failing&limit=2';
    const first = (await get<Page<JobAnswer>>(pending)).body;
    const rest = (await get<Page<JobAnswer>>(`${pending}&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
    expect(rest.nextCursor).toBeNull();
    expect((await get<Page<JobAnswer>>('/jobs?name=unknown')).body.items).toEqual([]);
    expect((await replica.call('GET', '/jobs?cursor=nonsense', { token })).status).toBe(400);
  });

  it('lists the schedules', async () => {
    const { body } = await get<SchedulesAnswer>('/schedules');
    expect(body.items.map(({ name }) => name)).toEqual(['check-ledgers', 'prune-platform']);
  });
});
