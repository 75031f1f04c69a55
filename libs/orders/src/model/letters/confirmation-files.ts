import { Injectable } from '@nestjs/common';
import { PrimaryReader } from '#libs/database';
import { mailLanguageOf, PdfWriter, uncoveredText, type MailAttachment } from '#libs/mail';
import { StoreLookup } from '#libs/stores';
import type { Order } from '../order.js';
import { confirmationLetter } from './order-letters.js';
import { orderWords } from './order-words.js';

/**
 * Confirmations of orders as PDFs, in the language of the order: for the mail, for who may open the order, and for staff. They say
 * what the order is now, so an order that staff have changed has another one; the same order gives the same bytes.
 */
@Injectable()
export class ConfirmationFiles {
  constructor(
    private readonly database: PrimaryReader,
    private readonly stores: StoreLookup,
    private readonly writer: PdfWriter,
  ) {}

  /** Throws `mail.pdf-busy`, `mail.pdf-failed`. */
  async pdf(order: Order): Promise<MailAttachment> {
    const language = mailLanguageOf(order.locale);
    const store = await this.stores.findById(this.database, order.storeId);
    const storeName = store?.name ?? order.storeCode;
    // A paper that is kept or passed on opens nothing.
    const { blocks } = confirmationLetter(order, { language, storeName, link: undefined });
    const content = await this.writer.write({
      title: `${orderWords(language).order} ${order.number}`,
      language,
      createdAt: order.placedAt,
      blocks,
      footerLines: [storeName],
      uncovered: uncoveredText(language),
    });
    return { filename: `${order.number}.pdf`, contentType: 'application/pdf', content };
  }
}
