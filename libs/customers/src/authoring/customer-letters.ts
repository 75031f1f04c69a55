import type { LetterBlock, MailLanguage } from '#libs/mail';
import type { CustomerMailKind } from '../model/customer.js';

export interface CustomerLetterContext {
  readonly language: MailLanguage;
  readonly storeName: string;
  /** What the reader gets in with; undefined for a letter that opens nothing. */
  readonly opening: { readonly token: string; readonly link: string | undefined } | undefined;
}

/** A letter about an account before it is written. */
export interface CustomerLetter {
  readonly subject: string;
  readonly blocks: readonly LetterBlock[];
}

interface Words {
  readonly title: string;
  readonly text: string;
  readonly label: string;
}

const WORDS: Readonly<Record<MailLanguage, Readonly<Record<CustomerMailKind, Words>>>> = {
  en: {
    verification: {
      title: 'Confirm your e-mail address',
      text: 'Somebody has registered with this address. If it was you, confirm it within three days; if not, nothing needs to be done.',
      label: 'Confirm the address',
    },
    'password-reset': {
      title: 'Set a new password',
      text: 'Somebody has asked for a new password. If it was you, set it within an hour; if not, the old one stays as it is.',
      label: 'Set a new password',
    },
    'already-registered': {
      title: 'You are a customer already',
      text: 'Somebody has tried to register with this address, which has an account. Sign in with it, or ask for a new password.',
      label: '',
    },
  },
  de: {
    verification: {
      title: 'E-Mail-Adresse bestätigen',
      text: 'Mit dieser Adresse hat sich jemand angemeldet. Waren Sie es, bestätigen Sie sie binnen drei Tagen; sonst ist nichts zu tun.',
      label: 'Adresse bestätigen',
    },
    'password-reset': {
      title: 'Neues Passwort setzen',
      text: 'Jemand hat ein neues Passwort angefordert. Waren Sie es, setzen Sie es binnen einer Stunde; sonst bleibt das alte.',
      label: 'Neues Passwort setzen',
    },
    'already-registered': {
      title: 'Sie haben schon ein Konto',
      text: 'Jemand wollte sich mit dieser Adresse anmelden, zu der es ein Konto gibt. Melden Sie sich damit an, oder fordern Sie ein neues Passwort an.',
      label: '',
    },
  },
};

/** What a customer is written about their account; without a page of the shop the token stands by itself. Pure. */
export function customerLetter(
  kind: CustomerMailKind,
  { language, storeName, opening }: CustomerLetterContext,
): CustomerLetter {
  const { title, text, label } = WORDS[language][kind];
  return {
    subject: `${storeName}: ${title}`,
    blocks: [
      { kind: 'heading', text: title },
      { kind: 'paragraph', text },
      ...openingBlocks(opening, label),
      { kind: 'paragraph', text: storeName },
    ],
  };
}

function openingBlocks(opening: CustomerLetterContext['opening'], label: string): LetterBlock[] {
  if (opening === undefined) return [];
  const { link, token } = opening;
  return link === undefined
    ? [{ kind: 'lines', lines: [`${label}:`, token] }]
    : [{ kind: 'link', label, url: link }];
}
