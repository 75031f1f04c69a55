import { BearerTokens, type PresentedToken } from '#libs/credentials';

/** What staff sign in with: a session of a person, or a key of a program. */
export const staffTokens = new BearerTokens({ session: 'lst_', 'api-key': 'lsk_' });

export type PresentedStaffToken = PresentedToken<'session' | 'api-key'>;
