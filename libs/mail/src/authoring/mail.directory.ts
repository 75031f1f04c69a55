import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import { mailErrors } from '../model/mail.errors.js';
import type { Mail, MailContent, MailHead } from '../model/mail.js';
import { MailRepository, type MailFilter, type MailPosition } from './mail.repository.js';

export type { MailFilter } from './mail.repository.js';

/** Mails as the back office reads them, always within one store. */
@Injectable()
export class MailDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly mails: MailRepository,
  ) {}

  /** Newest first, at most `limit` behind `after`. Throws `catalog.store-not-found`. */
  async list(
    storeCode: string,
    filter: MailFilter,
    after: MailPosition | undefined,
    limit: number,
  ): Promise<MailHead[]> {
    const store = await this.stores.getByCode(this.database, storeCode);
    return this.mails.list(this.database, store.id, filter, after, limit);
  }

  /** Without the content when that is confidential. Throws `catalog.store-not-found`, `mail.not-found`. */
  async get(storeCode: string, id: string): Promise<Mail> {
    const mail = await this.find(storeCode, id);
    return mail.isConfidential ? { ...mail, content: null } : mail;
  }

  /** Throws `catalog.store-not-found`, `mail.not-found`, `mail.content-erased`. */
  async getContent(storeCode: string, id: string): Promise<MailContent> {
    const { content } = await this.find(storeCode, id);
    if (content === null) throw mailErrors.contentErased();
    return content;
  }

  private async find(storeCode: string, id: string): Promise<Mail> {
    const store = await this.stores.getByCode(this.database, storeCode);
    const mail = await this.mails.findInStore(this.database, store.id, id);
    if (mail === undefined) throw mailErrors.notFound();
    return mail;
  }
}
