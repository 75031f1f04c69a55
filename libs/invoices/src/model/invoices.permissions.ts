/** What the back office may be allowed to do with invoices. Nobody changes or removes one. */
export const invoicesPermissions = {
  'invoices:invoice:read': 'See and download invoices and credit notes',
  'invoices:invoice:resend': 'Send invoices and credit notes again',
} as const;
