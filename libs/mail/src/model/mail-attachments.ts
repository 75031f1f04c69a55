import { Injectable } from '@nestjs/common';
import { mailErrors } from './mail.errors.js';
import type { MailAttachmentRef } from './mail.js';

export interface MailAttachment {
  /** Plain: letters, digits, dots and dashes. */
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** Who has documents that go out with mails. */
export interface MailAttachmentSource {
  /** In no more than 20 characters. */
  readonly name: string;
  /** Undefined: there is no such document. Ends within a bound of its own. */
  load(id: string): Promise<MailAttachment | undefined>;
}

/** The sources register when their modules start, so that mails name no table of theirs. */
@Injectable()
export class MailAttachments {
  private readonly sources = new Map<string, MailAttachmentSource>();

  register(source: MailAttachmentSource): void {
    this.sources.set(source.name, source);
  }

  /** Throws `mail.attachment-unknown`: a mail never goes without what was to go with it. */
  async load({ source, id }: MailAttachmentRef): Promise<MailAttachment> {
    const found = await this.sources.get(source)?.load(id);
    if (found === undefined) throw mailErrors.attachmentUnknown({ details: { source, id } });
    return found;
  }
}
