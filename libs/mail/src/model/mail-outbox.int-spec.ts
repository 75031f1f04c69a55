import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DatabaseClock, sql } from '#libs/database';
import { systemClock } from '#libs/kernel';
import {
  describeOnEachDatabase,
  openDatabase,
  type DatabaseFixture,
  type OpenDatabase,
} from '#libs/testing';
import { newMail } from '../../../../test/support/new-mail.js';
import { MailOutbox } from './mail-outbox.js';
import type { NewMail } from './mail.js';

describeOnEachDatabase('MailOutbox', (open) => {
  let fixture: DatabaseFixture;
  let database: OpenDatabase;
  let outbox: MailOutbox;

  beforeAll(async () => {
    fixture = await open();
    database = await openDatabase(fixture.url);
    const ignore = () => undefined;
    outbox = new MailOutbox(
      new DatabaseClock({
        reader: database.reader,
        local: systemClock,
        onJump: ignore,
        onFailure: ignore,
      }),
    );
  });

  afterAll(async () => {
    await database.close();
    await fixture.remove();
  });

  const add = (mail: NewMail) => database.unitOfWork.run((tx) => outbox.add(tx, mail));

  /** Stored mails with the key, and the jobs that send them. */
  const stored = async ({ dedupeKey }: NewMail) => {
    const mails = await database.reader.query<{ id: string }>(
      sql`SELECT id FROM mail WHERE dedupe_key = ${dedupeKey}`,
    );
    const jobs = await database.reader.query<{ payload_json: string }>(
      sql`SELECT payload_json FROM job WHERE name = 'send-mail'`,
    );
    const ids = mails.map(({ id }) => id);
    return [
      mails.length,
      jobs.filter(({ payload_json: json }) =>
        ids.includes((JSON.parse(json) as { mailId: string }).mailId),
      ).length,
    ];
  };

  it('keeps a mail and its job when the unit of work commits, and neither when it does not', async () => {
    const kept = newMail();
    expect(await add(kept)).toBe(true);
    expect(await stored(kept)).toEqual([1, 1]);
    const lost = newMail();
    const failing = database.unitOfWork.run(async (tx) => {
      await outbox.add(tx, lost);
      throw new Error('after the mail');
    });
    await expect(failing).rejects.toThrow('after the mail');
    expect(await stored(lost)).toEqual([0, 0]);
  });

  it('keeps one mail of a key, however many ask for it at once', async () => {
    const mail = newMail();
    const answers = await Promise.all(Array.from({ length: 8 }, () => add(mail)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await stored(mail)).toEqual([1, 1]);
  });

  it.each([
    ['two addresses', { to: 'a@example.com, b@example.com' }],
    ['a header in the subject', { subject: 'Hello\r\nBcc: b@example.com' }],
    ['a header in the address', { to: 'a@example.com\r\nBcc:b@example.com' }],
    ['a key that is too long', { dedupeKey: 'x'.repeat(201) }],
  ])('refuses %s', async (_what, changes) => {
    await expect(add(newMail(changes))).rejects.toMatchObject({ code: 'mail.invalid' });
  });
});
