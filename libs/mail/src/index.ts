export {
  MailAttachments,
  type MailAttachment,
  type MailAttachmentSource,
} from './model/mail-attachments.js';
export { writeLetter, type Letter, type LetterBlock } from './model/letter.js';
export {
  mailLanguageOf,
  mailLanguages,
  mailLimits,
  mailStates,
  type Mail,
  type MailAttachmentRef,
  type MailContent,
  type MailHead,
  type MailLanguage,
  type MailState,
  type NewMail,
} from './model/mail.js';
export { mailErrors } from './model/mail.errors.js';
export { MailModule } from './model/mail.module.js';
export { MailOutbox } from './model/mail-outbox.js';
export { PdfWriter } from './model/pdf/pdf-writer.js';
export { uncoveredText } from './model/pdf/uncovered-text.js';
export { ShopLinks } from './model/shop-links.js';
export { mailSlice } from './slice.js';
