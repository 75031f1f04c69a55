import { percentDecode } from './percent-decode.js';
import { UrlParameters } from './url-parameters.js';

/** A mail server, and how the connection to it is kept from being read. */
export interface SmtpUrl {
  readonly host: string;
  readonly port: number;
  /** `implicit`: TLS from the first byte. `required` and `offered` are STARTTLS. `none`: plain text. */
  readonly tls: 'implicit' | 'required' | 'offered' | 'none';
  readonly login: { readonly user: string; readonly password: string } | undefined;
}

/**
 * Reads SMTP_URL: `smtp://[user:password@]host[:587][?tls=required|offered|none]`, or `smtps://` with TLS
 * from the start. A login is only sent over TLS unless `tls` says otherwise. Throws an Error whose
 * message lists every problem and repeats no secret.
 */
export function parseSmtpUrl(text: string): SmtpUrl {
  if (!/^smtps?:\/\//.test(text) || !URL.canParse(text)) {
    throw new Error(
      'must look like smtp://user:password@host:587 or smtps://user:password@host:465' +
        ' (special characters percent-encoded)',
    );
  }
  const url = new URL(text);
  const problems: string[] = [];
  const isImplicit = url.protocol === 'smtps:';
  const hasLogin = url.username !== '' || url.password !== '';
  if (url.hostname === '') problems.push('names no host');
  if (hasLogin && (url.username === '' || url.password === '')) {
    problems.push('has a user or a password, but not both');
  }
  if (url.pathname !== '' && url.pathname !== '/') problems.push('has a path');
  const parameters = new UrlParameters(url.searchParams, problems);
  const tls = isImplicit
    ? 'implicit'
    : parameters.choice(
        'tls',
        ['required', 'offered', 'none'] as const,
        hasLogin ? 'required' : 'offered',
      );
  parameters.refuseUnread();
  const login = hasLogin
    ? {
        user: percentDecode(url.username, 'user', problems),
        password: percentDecode(url.password, 'password', problems),
      }
    : undefined;
  if (problems.length > 0) throw new Error(problems.join('; '));
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? defaultPort(isImplicit) : Number(url.port),
    tls,
    login,
  };
}

function defaultPort(isImplicit: boolean): number {
  return isImplicit ? 465 : 587;
}
