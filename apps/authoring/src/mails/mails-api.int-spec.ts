import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { JobsAuthoringModule } from '#authoring/jobs';
import { StoreRepository, StoresAuthoringModule } from '#authoring/stores';
import { UnitOfWork } from '#libs/database';
import type { Page } from '#libs/http';
import { JobsModule } from '#libs/jobs';
import { MailModule, MailOutbox, mailSlice, type NewMail } from '#libs/mail';
import { describeOnEachDatabase, eventually } from '#libs/testing';
import { openBackOffice, type BackOffice } from '../../../../test/support/back-office.js';
import { testStore } from '../../../../libs/stores/test/test-store.js';
import { newMail } from '../../../../test/support/new-mail.js';
import { SmtpTrap } from '../../../../test/support/smtp-trap.js';
import { ifMatch, StaffAccounts } from '../../../../test/support/staff-accounts.js';
import type { StaffReplica } from '../../../../test/support/staff-replica.js';
import { IdentityApiModule } from '../identity/identity-api.module.js';
import type { MailAnswer, MailContentAnswer, MailSummary } from './mail.schemas.js';
import { MailsApiModule } from './mails-api.module.js';

@Module({
  imports: [
    JobsModule.forRoot({ contracts: mailSlice.jobs }),
    JobsAuthoringModule.forRoot(),
    StoresAuthoringModule,
    MailModule,
    MailsApiModule,
  ],
})
class MailsWithApi {}

describeOnEachDatabase('the mails API', (open) => {
  let office: BackOffice;
  let trap: SmtpTrap;
  let replica: StaffReplica;
  let token: string;
  const store = testStore({ code: 'mails' });
  const other = testStore({ code: 'other' });

  beforeAll(async () => {
    trap = await SmtpTrap.start();
    office = await openBackOffice(open, [IdentityApiModule, MailsWithApi], trap.env);
    ({ replica, token } = office);
    for (const one of [store, other]) {
      await replica.app
        .get(UnitOfWork)
        .run((tx) => replica.app.get(StoreRepository).insert(tx, one));
    }
  });

  afterAll(async () => {
    await office?.close();
    await trap?.stop();
  });

  const add = async (changes: Partial<NewMail> = {}): Promise<NewMail> => {
    const mail = newMail({ storeId: store.id, ...changes });
    await replica.app.get(UnitOfWork).run((tx) => replica.app.get(MailOutbox).add(tx, mail));
    return mail;
  };

  const get = <Body>(path: string, as = token) =>
    replica.call<Body>('GET', `/mails${path}`, { token: as });

  const sent = (mail: NewMail): Promise<MailSummary> =>
    eventually('the mail is sent', async () => {
      const { body } = await get<Page<MailSummary>>(`?store=mails&recipient=${mail.to}`);
      const [found] = body.items;
      return found?.state === 'sent' ? found : undefined;
    });

  it('shows a mail with its content, and sends it again under another Message-ID', async () => {
    const mail = await add();
    const { id, version } = await sent(mail);
    const { body } = await get<MailAnswer>(`/${id}?store=mails`);
    expect(body).toMatchObject({ attempts: 1, content: { html: mail.html, text: mail.text } });
    const resend = (basedOn: number) =>
      replica.call<MailAnswer>('POST', `/mails/${id}/resend?store=mails`, {
        token,
        headers: ifMatch(basedOn),
      });
    expect((await resend(version - 1)).status).toBe(412);
    expect(await resend(version)).toMatchObject({ status: 202, body: { state: 'waiting' } });
    await eventually('it comes again', () => trap.to(mail.to).length === 2);
    expect(new Set(trap.to(mail.to).map(({ messageId }) => messageId)).size).toBe(2);
  });

  it('finds a mail in its own store only', async () => {
    const { id } = await sent(await add());
    for (const path of [`/${id}`, `/${id}/content`]) {
      expect(await get(`${path}?store=other`)).toMatchObject({
        status: 404,
        body: { code: 'mail.not-found' },
      });
    }
    expect((await get<Page<MailSummary>>('?store=other')).body.items).toEqual([]);
    const resent = await replica.call('POST', `/mails/${id}/resend?store=other`, {
      token,
      headers: ifMatch(2),
    });
    expect(resent.status).toBe(404);
  });

  it('shows the text of a confidential mail only to who may read it, and to nobody once it was sent', async () => {
    const clerk = await new StaffAccounts(replica, token).createUser('clerk', ['mail:mail:read']);
    trap.behaviour = 'fail';
    const mail = await add({ isConfidential: true });
    const { body } = await get<Page<MailSummary>>(`?store=mails&recipient=${mail.to}`, clerk.token);
    const id = body.items[0]?.id ?? '';
    expect((await get<MailAnswer>(`/${id}?store=mails`, clerk.token)).body.content).toBeNull();
    expect((await get(`/${id}/content?store=mails`, clerk.token)).status).toBe(403);
    const content = await get<MailContentAnswer>(`/${id}/content?store=mails`);
    expect(content.body).toEqual({ html: mail.html, text: mail.text });
    trap.behaviour = 'take';
    const { version } = await sent(mail);
    const erased = { status: 409, body: { code: 'mail.content-erased' } };
    expect(await get(`/${id}/content?store=mails`)).toMatchObject(erased);
    const again = await replica.call('POST', `/mails/${id}/resend?store=mails`, {
      token,
      headers: ifMatch(version),
    });
    expect(again).toMatchObject(erased);
  });

  it('pages through mails, newest first, and filters them', async () => {
    const kind = 'paged';
    const mails: string[] = [];
    for (let count = 0; count < 3; count += 1) mails.unshift((await add({ kind })).to);
    const first = (await get<Page<MailSummary>>(`?store=mails&kind=${kind}&limit=2`)).body;
    const rest = (
      await get<Page<MailSummary>>(
        `?store=mails&kind=${kind}&limit=2&cursor=${first.nextCursor ?? ''}`,
      )
    ).body;
    expect([...first.items, ...rest.items].map(({ recipient }) => recipient)).toEqual(mails);
    expect(rest.nextCursor).toBeNull();
  });
});
