import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PrimaryReader } from '#libs/database';
import { MailAttachments, type MailAttachment, type MailAttachmentSource } from '#libs/mail';
import { ConfirmationFiles } from '../../model/letters/confirmation-files.js';
import { OrderLookup } from '../../model/order-lookup.js';

/** How mails name what goes with them. */
export const CONFIRMATION_ATTACHMENT = 'order-confirmation';

/** Gives confirmation mails their PDF. */
@Injectable()
export class ConfirmationAttachments implements MailAttachmentSource, OnModuleInit {
  readonly name = CONFIRMATION_ATTACHMENT;

  constructor(
    private readonly attachments: MailAttachments,
    private readonly database: PrimaryReader,
    private readonly orders: OrderLookup,
    private readonly files: ConfirmationFiles,
  ) {}

  onModuleInit(): void {
    this.attachments.register(this);
  }

  async load(orderId: string): Promise<MailAttachment | undefined> {
    const order = await this.orders.findForShop(this.database, orderId);
    return order === undefined ? undefined : this.files.pdf(order);
  }
}
