import { Injectable } from '@nestjs/common';
import { CustomerLookup } from '#libs/customers';
import type { Transaction } from '#libs/database';
import { mailLanguageOf, MailOutbox, ShopLinks, writeLetter } from '#libs/mail';
import { StoreLookup } from '#libs/stores';
import { ShipmentRepository } from '../../model/fulfilment/shipment.repository.js';
import { OrderLinks } from '../../model/links/order-links.js';
import type { LineQuantity } from '../../model/fulfilment/line-progress.js';
import type { WriteOrderMail } from '../../model/order-mail.job.js';
import type { Order } from '../../model/order.js';
import {
  availableLetter,
  cancellationLetter,
  changeLetter,
  confirmationLetter,
  delayLetter,
  shipmentLetter,
  type LetterContext,
} from '../../model/letters/order-letters.js';
import { CONFIRMATION_ATTACHMENT } from './confirmation-attachments.js';

const LETTERS = {
  confirmation: confirmationLetter,
  shipped: shipmentLetter,
  cancelled: cancellationLetter,
  changed: changeLetter,
  delayed: delayLetter,
  available: availableLetter,
};

/** What goes with a letter, beside its text. */
const ATTACHED = new Map<keyof typeof LETTERS, string>([['confirmation', CONFIRMATION_ATTACHMENT]]);

/** What a mail is about. */
export interface OrderNews extends Omit<WriteOrderMail, 'orderId' | 'mail'> {
  readonly mail: keyof typeof LETTERS;
  /** What is delayed. */
  readonly items?: readonly LineQuantity[];
  /** What an edit added that still has to be paid, in minor units. */
  readonly balanceMinor?: number;
}

/** Writes to the shopper of an order, in the language it was ordered in. */
@Injectable()
export class OrderMailWriter {
  constructor(
    private readonly customers: CustomerLookup,
    private readonly stores: StoreLookup,
    private readonly links: OrderLinks,
    private readonly pages: ShopLinks,
    private readonly shipments: ShipmentRepository,
    private readonly outbox: MailOutbox,
  ) {}

  /** There is one mail for each entry of the history: asking again adds none. A person who was erased gets none. */
  async write(tx: Transaction, order: Order, news: OrderNews): Promise<void> {
    const { mail, sequence, items, balanceMinor = 0 } = news;
    if (await this.customers.isErased(tx, order.customerId)) return;
    const language = mailLanguageOf(order.locale);
    const store = await this.stores.findById(tx, order.storeId);
    const context: LetterContext = {
      language,
      storeName: store?.name ?? order.storeCode,
      link: await this.linkTo(tx, order),
      delayed: items ?? [],
      balanceMinor,
      shipment: (await this.shipments.list(tx, order.id)).find((one) => one.sequence === sequence),
    };
    const source = ATTACHED.get(mail);
    const { subject, blocks } = LETTERS[mail](order, context);
    await this.outbox.add(tx, {
      storeId: order.storeId,
      kind: `order-${mail}`,
      to: order.email,
      language,
      subject,
      ...writeLetter({ language, title: subject, blocks }),
      dedupeKey: `order-${mail}:${order.id}:${sequence}`,
      attachment: source === undefined ? undefined : { source, id: order.id },
    });
  }

  /** The link stands behind the #: browsers tell it neither the server of the page nor other pages. */
  private async linkTo(tx: Transaction, order: Order): Promise<string | undefined> {
    const page = this.pages.find(order.storeCode, `/orders/${encodeURIComponent(order.number)}`);
    return page === undefined ? undefined : `${page}#link=${await this.links.sign(tx, order.id)}`;
  }
}
