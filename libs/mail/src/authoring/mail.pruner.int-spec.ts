import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { insertRows, sql } from '#libs/database';
import { newId } from '#libs/kernel';
import {
  describeOnEachDatabase,
  openDatabase,
  type DatabaseFixture,
  type OpenDatabase,
} from '#libs/testing';
import { mailStates } from '../model/mail.js';
import { MailPruner } from './mail.pruner.js';

const DAY_MS = 24 * 3_600_000;
const NOW = 200 * DAY_MS;

describeOnEachDatabase('MailPruner', (open) => {
  let fixture: DatabaseFixture;
  let database: OpenDatabase;

  beforeAll(async () => {
    fixture = await open();
    database = await openDatabase(fixture.url);
  });

  afterAll(async () => {
    await database.close();
    await fixture.remove();
  });

  it('takes away every mail after 90 days, whatever became of it', async () => {
    const mail = (state: string, createdAt: number) => ({
      id: newId(),
      store_id: newId(),
      dedupe_key: newId(),
      kind: 'test',
      recipient: 'ada@example.com',
      language: 'en',
      subject: 'A mail',
      html: '<p>A mail</p>',
      plain_text: 'A mail',
      is_confidential: 0,
      state,
      send_round: 1,
      attempts: 0,
      version: 1,
      created_at: createdAt,
    });
    const old = mailStates.map((state) => mail(state, NOW - 91 * DAY_MS));
    const recent = mailStates.map((state) => mail(state, NOW - 89 * DAY_MS));
    await database.unitOfWork.run((tx) => insertRows(tx, 'mail', [...old, ...recent]));
    expect(await new MailPruner(database.unitOfWork).pruneBatch(NOW)).toBe(mailStates.length);
    const left = await database.reader.query<{ id: string }>(sql`
      SELECT id
      FROM mail
      ORDER BY id`);
    expect(left.map(({ id }) => id)).toEqual(recent.map(({ id }) => id).toSorted());
  });
});
