import { defineErrors } from '#libs/kernel';

export const invoicesErrors = defineErrors({
  notFound: {
    code: 'invoices.not-found',
    family: 'user',
    status: 404,
    title: 'Invoice not found',
  },
  recipientErased: {
    code: 'invoices.recipient-erased',
    family: 'user',
    status: 409,
    title: 'The person whom it would be sent to was erased',
  },
  pdfBusy: {
    code: 'invoices.pdf-busy',
    family: 'operational',
    status: 503,
    title: 'More documents are asked for than can be made',
  },
  pdfFailed: {
    code: 'invoices.pdf-failed',
    family: 'defect',
    status: 500,
    title: 'A document could not be made',
  },
});
