import { Injectable } from '@nestjs/common';
import { DatabaseClock, type Transaction } from '#libs/database';
import { mailLanguageOf, MailOutbox, ShopLinks, writeLetter } from '#libs/mail';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { StoreLookup } from '#libs/stores';
import { CustomerLookup } from '../model/customer-lookup.js';
import { customerMailJob } from '../model/customer-mail.job.js';
import type { Customer, CustomerMailKind } from '../model/customer.js';
import { MailTokenRepository } from '../model/mail-token.repository.js';
import { customerLetter } from './customer-letters.js';

type Payload = { readonly customerId: string; readonly kind: CustomerMailKind };

/** The pages of the shop that take the token. */
const PAGES = {
  verification: '/account/verification',
  'password-reset': '/account/password-reset',
};

/**
 * Writes the mails that customers get about their account. The token is made here, in the unit of work that
 * hands the mail over: it stands in no payload, and staff need a permission of its own to read the mail.
 */
@Injectable()
@JobHandler(customerMailJob)
export class CustomerMailHandler implements HandlesJob<Payload> {
  constructor(
    private readonly customers: CustomerLookup,
    private readonly tokens: MailTokenRepository,
    private readonly clock: DatabaseClock,
    private readonly stores: StoreLookup,
    private readonly pages: ShopLinks,
    private readonly outbox: MailOutbox,
  ) {}

  async handle({ customerId, kind }: Payload, context: JobContext): Promise<void> {
    await context.complete(async (tx) => {
      const customer = await this.customers.findOwn(tx, customerId);
      if (customer === undefined || !isStillOwed(kind, customer)) return { isWritten: false };
      await this.write(tx, customer, kind, `customer-${kind}:${context.id}`);
      return { isWritten: true };
    });
  }

  private async write(
    tx: Transaction,
    customer: Customer,
    kind: CustomerMailKind,
    dedupeKey: string,
  ): Promise<void> {
    const language = mailLanguageOf(customer.locale);
    const store = await this.stores.findById(tx, customer.storeId);
    const { subject, blocks } = customerLetter(kind, {
      language,
      storeName: store?.name ?? customer.storeCode,
      opening: kind === 'already-registered' ? undefined : await this.opening(tx, customer, kind),
    });
    await this.outbox.add(tx, {
      storeId: customer.storeId,
      kind: `customer-${kind}`,
      to: customer.email,
      language,
      subject,
      ...writeLetter({ language, title: subject, blocks }),
      dedupeKey,
      isConfidential: true,
    });
  }

  /** The token stands behind the #: browsers tell it neither the server of the page nor other pages. */
  private async opening(
    tx: Transaction,
    customer: Customer,
    kind: keyof typeof PAGES,
  ): Promise<{ readonly token: string; readonly link: string | undefined }> {
    const token = await this.tokens.issue(tx, customer.id, kind, this.clock.wallMs());
    const page = this.pages.find(customer.storeCode, PAGES[kind]);
    return { token, link: page === undefined ? undefined : `${page}#token=${token}` };
  }
}

function isStillOwed(kind: CustomerMailKind, customer: Customer): boolean {
  const { isBlocked, verifiedAt, erasedAt } = customer;
  if (isBlocked || erasedAt !== null) return false;
  return kind !== 'verification' || verifiedAt === null;
}
