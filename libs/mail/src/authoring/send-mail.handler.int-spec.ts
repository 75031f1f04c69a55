import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import {
  describeOnEachDatabase,
  eventually,
  startRedis,
  type DatabaseFixture,
  type RedisFixture,
} from '#libs/testing';
import { JobsReplica } from '../../../../test/support/jobs-replica.js';
import { newMail } from '../../../../test/support/new-mail.js';
import { SmtpTrap } from '../../../../test/support/smtp-trap.js';
import { MailAttachments } from '../model/mail-attachments.js';
import { MailOutbox } from '../model/mail-outbox.js';
import type { NewMail } from '../model/mail.js';
import { sendMailJob } from '../model/send-mail.job.js';
import { MailRepository } from './mail.repository.js';
import { SendMailHandler } from './send-mail.handler.js';
import { SmtpDelivery } from './smtp-delivery.js';

const WITHIN = { withinMs: 60_000 };
/** The time that the server is given; what it lets pass is asserted by waiting for the retry. */
const SMTP_TIMEOUT_MS = 2_000;

interface MailRow {
  readonly state: string;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly html: string | null;
}

describeOnEachDatabase('SendMailHandler', (open) => {
  let redis: RedisFixture;
  let database: DatabaseFixture;
  let trap: SmtpTrap;
  let replica: JobsReplica;

  const start = (environment: Readonly<Record<string, string>>) =>
    JobsReplica.start({
      replicaId: 'mailer',
      databaseUrl: database.url,
      redisUrl: redis.url,
      contracts: [sendMailJob],
      handlers: [SendMailHandler],
      providers: [MailAttachments, MailOutbox, MailRepository, SmtpDelivery],
      environment: { ...environment, SMTP_TIMEOUT_MS: `${SMTP_TIMEOUT_MS}` },
    });

  beforeAll(async () => {
    [redis, database, trap] = await Promise.all([startRedis(), open(), SmtpTrap.start()]);
    replica = await start(trap.env);
  });

  afterAll(async () => {
    await replica?.stop();
    await trap?.stop();
    await redis?.stop();
    await database?.remove();
  });

  beforeEach(() => {
    trap.behaviour = 'take';
  });

  afterEach(async () => {
    if (!replica.isStopped) return;
    replica = await start(trap.env);
  });

  const add = async (changes: Partial<NewMail> = {}): Promise<NewMail> => {
    const mail = newMail(changes);
    await replica.unitOfWork.run((tx) => replica.module.get(MailOutbox).add(tx, mail));
    return mail;
  };

  const row = async ({ dedupeKey }: NewMail): Promise<MailRow | undefined> =>
    (
      await replica.reader.query<MailRow>(
        sql`SELECT state, attempts, last_error, html FROM mail WHERE dedupe_key = ${dedupeKey}`,
      )
    )[0];

  const jobOf = async ({ dedupeKey }: NewMail) => {
    const [mail] = await replica.reader.query<{ id: string }>(
      sql`SELECT id FROM mail WHERE dedupe_key = ${dedupeKey}`,
    );
    const jobs = await replica.reader.query<{
      state: string;
      payload_json: string;
      error_json: string | null;
    }>(sql`SELECT state, payload_json, error_json FROM job WHERE name = 'send-mail'`);
    return jobs.find((job) => mail !== undefined && job.payload_json.includes(mail.id));
  };

  const until = (mail: NewMail, state: string): Promise<MailRow> =>
    eventually(
      `the mail is ${state}`,
      async () => {
        const now = await row(mail);
        return now?.state === state ? now : undefined;
      },
      WITHIN,
    );

  it('gives the server the mail as it was made, to its one recipient', async () => {
    const mail = await add({ subject: 'Grüße', text: 'Schöne Grüße', html: '<p>Schöne Grüße</p>' });
    expect(await until(mail, 'sent')).toMatchObject({ attempts: 1, last_error: null });
    const [taken, ...more] = trap.to(mail.to);
    expect(more).toEqual([]);
    expect(taken).toMatchObject({ from: 'shop@example.com', to: [mail.to] });
    expect(taken?.messageId).toMatch(/^<[0-9a-f-]{36}\.1@example\.com>$/);
    expect(taken?.raw).toMatch(/^From: The Shop <shop@example\.com>/m);
    expect(taken?.raw).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(taken?.raw).toMatch(/^Auto-Submitted: auto-generated/im);
  });

  it('tries again what the server could not take, and does not send it twice', async () => {
    trap.behaviour = 'fail';
    const mail = await add();
    const failed = await eventually('it has failed', async () => {
      const now = await row(mail);
      return now?.last_error === null ? undefined : now;
    });
    expect(failed).toMatchObject({ state: 'waiting', last_error: expect.stringContaining('451') });
    expect(failed?.last_error).not.toContain('@');
    const told = await eventually('the run that failed has ended', async () => {
      const job = await jobOf(mail);
      return job?.state === 'active' ? undefined : job;
    });
    const error = JSON.parse(told.error_json ?? 'null') as { message: string } | null;
    expect([error]).toMatchObject([
      { code: 'mail.not-taken', message: expect.stringContaining('451') },
    ]);
    expect(error?.message).not.toContain('@');
    trap.behaviour = 'take';
    expect((await until(mail, 'sent')).attempts).toBeGreaterThan(1);
    expect(trap.to(mail.to)).toHaveLength(1);
  });

  it('does not ask again for a recipient that the server does not know', async () => {
    trap.behaviour = 'refuse';
    const mail = await add();
    expect(await until(mail, 'refused')).toMatchObject({
      attempts: 1,
      last_error: expect.stringContaining('550'),
    });
  });

  it.each(['mute', 'hang', 'drip'] as const)(
    'cuts off a server that is %s, and tries again',
    async (how) => {
      trap.behaviour = how;
      const mail = await add();
      await eventually(
        'it is tried again',
        async () => ((await row(mail))?.attempts ?? 0) > 1,
        WITHIN,
      );
      trap.behaviour = 'take';
      await until(mail, 'sent');
      expect(trap.to(mail.to).filter(({ isAnswered }) => isAnswered)).toHaveLength(1);
    },
  );

  it('sends once more, under the same Message-ID, when the answer got lost', async () => {
    trap.behaviour = 'drop';
    const mail = await add();
    await eventually('the server has it', () => trap.to(mail.to).length > 0);
    trap.behaviour = 'take';
    await until(mail, 'sent');
    const ids = trap.to(mail.to).map(({ messageId }) => messageId);
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(1);
  });

  it('brings what goes with it, and never goes without', async () => {
    const attachment = { source: 'papers', id: 'a-paper' };
    const mail = await add({ attachment });
    const waits = async () => {
      const jobs = await replica.reader.query<{ error_json: string | null }>(
        sql`SELECT error_json FROM job WHERE name = 'send-mail'`,
      );
      return jobs.some(({ error_json: json }) => json?.includes('mail.attachment-unknown'));
    };
    await eventually('the source is missed', waits, WITHIN);
    expect(trap.to(mail.to)).toEqual([]);
    replica.module.get(MailAttachments).register({
      name: 'papers',
      load: (id) =>
        Promise.resolve({
          filename: `${id}.pdf`,
          contentType: 'application/pdf',
          content: Buffer.from('what is on it'),
        }),
    });
    await until(mail, 'sent');
    const [taken, ...more] = trap.to(mail.to);
    expect(more).toEqual([]);
    expect(taken?.raw).toMatch(/content-type: application\/pdf; name=a-paper\.pdf/i);
    expect(taken?.raw).toContain(Buffer.from('what is on it').toString('base64'));
  });

  it('erases what is confidential once the server has it', async () => {
    const mail = await add({ isConfidential: true });
    expect((await until(mail, 'sent')).html).toBeNull();
    expect(trap.to(mail.to)).toHaveLength(1);
    const plain = await add();
    expect((await until(plain, 'sent')).html).toBe(plain.html);
  });

  it('leaves a mail alone that has been asked for again meanwhile', async () => {
    trap.behaviour = 'fail';
    const mail = await add();
    const id = await eventually('it has failed', async () => {
      const [found] = await replica.reader.query<{ id: string; last_error: string | null }>(
        sql`SELECT id, last_error FROM mail WHERE dedupe_key = ${mail.dedupeKey}`,
      );
      return found?.last_error === null ? undefined : found?.id;
    });
    await replica.unitOfWork.run(async (tx) => {
      await tx.execute(sql`UPDATE mail SET send_round = 2 WHERE id = ${id}`);
    });
    trap.behaviour = 'take';
    await eventually(
      'the job of the first round ends',
      async () => {
        const jobs = await replica.reader.query<{ state: string; payload_json: string }>(
          sql`SELECT state, payload_json FROM job WHERE name = 'send-mail'`,
        );
        return jobs.find((job) => job.payload_json.includes(id))?.state === 'completed';
      },
      WITHIN,
    );
    expect(trap.to(mail.to)).toEqual([]);
    expect((await row(mail))?.state).toBe('waiting');
  });

  it('keeps mails where there is no server to give them to', async () => {
    await replica.stop();
    replica = await start({});
    const mail = await add();
    expect(await until(mail, 'stored')).toMatchObject({ attempts: 0, html: mail.html });
    await replica.stop();
  });
});
