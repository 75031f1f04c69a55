import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { defineSchedule, JobHandler, type HandlesJob } from '#authoring/jobs';
import { describeOnEachDatabase } from '#libs/testing';
import { countJob, hastyJob, JobsFixture } from '../../../test/support/jobs-fixture.js';

@Injectable()
@JobHandler(countJob)
class First implements HandlesJob<{ counter: string }> {
  async handle(): Promise<void> {}
}

@Injectable()
@JobHandler(countJob)
class Second implements HandlesJob<{ counter: string }> {
  async handle(): Promise<void> {}
}

describeOnEachDatabase('a replica', (open) => {
  let fixture: JobsFixture;
  beforeAll(async () => {
    fixture = await JobsFixture.create(open);
    await fixture.start();
  });
  afterAll(() => fixture.remove());

  it('does not boot when jobs have no handler or two, and names all of them', async () => {
    await expect(
      fixture.start({ contracts: [countJob, hastyJob], handlers: [First, Second] }),
    ).rejects.toMatchObject({
      code: 'jobs.wiring',
      message: '2 handlers for count.v1: First, Second; no handler for hasty.v1',
    });
  });

  it('does not boot when a schedule has no job, or is there twice', async () => {
    const schedule = defineSchedule({
      name: 'stray',
      cron: '0 * * * *',
      job: hastyJob,
      payload: { counter: 'a' },
    });
    await expect(
      fixture.start({ contracts: [countJob], handlers: [First], schedules: [schedule, schedule] }),
    ).rejects.toMatchObject({
      code: 'jobs.wiring',
      message: expect.stringMatching(
        /schedule stray: no job hasty\.v1; two schedules are called stray/,
      ),
    });
  });

  it('of the role commerce has nothing that could run a job', async () => {
    const commerce = await fixture.start({ role: 'commerce' });
    const names = [...commerce.module.get(ModulesContainer).values()].flatMap((module) =>
      [...module.providers.values()].map(({ name }) => String(name)),
    );
    expect(names).toContain('JobDispatcher');
    expect(names.filter((name) => /worker|runner|handler|schedul/i.test(name))).toEqual([]);
  });
});
