import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { defineJob } from '#libs/database';
import { JobCatalog } from '../job-catalog.js';
import { defineSchedule } from '../schedule/job-schedule.js';
import { wiringProblems } from './handler-registry.js';

const mail = defineJob({ name: 'send-mail', version: 1, schema: z.strictObject({}) });
const index = defineJob({ name: 'index', version: 2, schema: z.strictObject({}) });

describe('the wiring of jobs', () => {
  it('is right when each contract has one handler', () => {
    const handlers = [
      { contract: mail, className: 'Mailer' },
      { contract: index, className: 'Indexer' },
    ];
    expect(wiringProblems([mail, index], handlers)).toEqual([]);
  });

  it('names everything that is wrong at once', () => {
    const stray = defineJob({ name: 'stray', version: 1, schema: z.strictObject({}) });
    const handlers = [
      { contract: mail, className: 'Mailer' },
      { contract: mail, className: 'OtherMailer' },
      { contract: stray, className: 'Stray' },
    ];
    expect(wiringProblems([mail, index], handlers)).toEqual([
      '2 handlers for send-mail.v1: Mailer, OtherMailer',
      'no handler for index.v2',
      'Stray handles stray.v1, which is not registered',
    ]);
  });

  it('refuses two contracts that share a queue', () => {
    const twin = defineJob({ name: 'send-mail', version: 1, schema: z.strictObject({}) });
    expect(() => new JobCatalog([mail, twin])).toThrow(
      expect.objectContaining({
        code: 'jobs.wiring',
        message: 'two contracts share a queue: send-mail.v1',
      }),
    );
  });

  it.each(['', '0', '@hourly', 'at noon', '0 * * *', '61 * * * *', '0 0 30 2 *'])(
    'refuses a schedule whose cron text is %j',
    (cron) => {
      expect(() => defineSchedule({ name: 'stray', cron, job: mail, payload: {} })).toThrow(
        expect.objectContaining({ code: 'jobs.wiring', message: `not a cron text: ${cron}` }),
      );
    },
  );
});
