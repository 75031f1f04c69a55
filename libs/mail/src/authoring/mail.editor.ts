import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#libs/database';
import { staleVersion } from '#libs/kernel';
import { StoreLookup } from '#libs/stores';
import { mailErrors } from '../model/mail.errors.js';
import type { Mail } from '../model/mail.js';
import { sendMailJob } from '../model/send-mail.job.js';
import { MailRepository } from './mail.repository.js';

export interface MailAddress {
  readonly storeCode: string;
  readonly id: string;
}

/** What staff do to mails. */
@Injectable()
export class MailEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: StoreLookup,
    private readonly mails: MailRepository,
  ) {}

  /**
   * Sends a mail once more, under a Message-ID of its own, whatever became of it before. A job of an earlier
   * round that still waits does nothing. Throws `catalog.store-not-found`, `mail.not-found`,
   * `http.stale-version`, and `mail.content-erased` for a confidential one that was sent.
   */
  resend({ storeCode, id }: MailAddress, version: number): Promise<Mail> {
    return this.unitOfWork.run(async (tx) => {
      const store = await this.stores.getByCode(tx, storeCode);
      const mail = await this.mails.findInStore(tx, store.id, id);
      if (mail === undefined) throw mailErrors.notFound();
      if (mail.version !== version) throw staleVersion(mail.version);
      if (mail.content === null) throw mailErrors.contentErased();
      if (!(await this.mails.tryStartRound(tx, mail))) throw staleVersion(version + 1);
      const round = mail.round + 1;
      await tx.enqueue(sendMailJob, { mailId: id, round });
      tx.audit({ action: 'mail:mail:resend', entity: 'mail', entityId: id, after: { round } });
      const content = mail.isConfidential ? null : mail.content;
      return { ...mail, content, state: 'waiting', round, version: version + 1 };
    });
  }
}
