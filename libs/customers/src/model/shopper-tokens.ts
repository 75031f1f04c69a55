import { BearerTokens, type PresentedToken } from '#libs/credentials';

/** What shoppers sign in with. Staff tokens have other prefixes, so that neither passes for the other. */
export const shopperTokens = new BearerTokens({ session: 'lss_' });
export type PresentedShopperToken = PresentedToken<'session'>;

/** What mails to customers hold. */
export const mailTokens = new BearerTokens({ verification: 'lsv_', 'password-reset': 'lsr_' });

export type MailTokenKind = 'verification' | 'password-reset';
