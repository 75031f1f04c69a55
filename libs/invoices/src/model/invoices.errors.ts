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
});
