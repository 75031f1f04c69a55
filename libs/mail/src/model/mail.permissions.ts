/** What the back office may be allowed to do with mails. */
export const mailPermissions = {
  'mail:mail:read': 'See mails to shoppers',
  'mail:mail:resend': 'Send mails again',
  'mail:confidential:read': 'Read mails whose text opens something, such as resets of passwords',
} as const;
