import { defineErrors } from '#libs/kernel';

export const mailErrors = defineErrors({
  notFound: {
    code: 'mail.not-found',
    family: 'user',
    status: 404,
    title: 'Mail not found',
  },
  contentErased: {
    code: 'mail.content-erased',
    family: 'user',
    status: 409,
    title: 'The content of the mail was erased when it was sent',
  },
  attachmentUnknown: {
    code: 'mail.attachment-unknown',
    family: 'defect',
    status: 500,
    title: 'What goes with a mail is not there',
  },
  notTaken: {
    code: 'mail.not-taken',
    family: 'operational',
    status: 503,
    title: 'The mail server did not take the mail',
  },
  pdfBusy: {
    code: 'mail.pdf-busy',
    family: 'operational',
    status: 503,
    title: 'More documents are asked for than can be made',
  },
  pdfFailed: {
    code: 'mail.pdf-failed',
    family: 'defect',
    status: 500,
    title: 'A document could not be made',
  },
  invalid: {
    code: 'mail.invalid',
    family: 'defect',
    status: 500,
    title: 'A mail was made that cannot be stored',
  },
});
