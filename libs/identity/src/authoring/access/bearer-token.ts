import { createHash, randomBytes } from 'node:crypto';

const PREFIXES = { session: 'lst_', 'api-key': 'lsk_' } as const;
const SECRET_BYTES = 32;
const CHECKSUM_LENGTH = 6;
const SHAPE = /^(lst|lsk)_[A-Za-z0-9_-]{43}[A-Za-z0-9_-]{6}$/;
const VISIBLE_LENGTH = 12;

export type TokenKind = keyof typeof PREFIXES;

/** A credential as it is made: the text is given to its holder once, everything else is stored. */
export interface NewToken {
  readonly text: string;
  readonly sha256: string;
  /** How the holder recognises it in a list; useless for signing in. */
  readonly visiblePrefix: string;
}

/** What a presented token says about itself, before anything is looked up. */
export interface PresentedToken {
  readonly kind: TokenKind;
  readonly sha256: string;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Catches typing errors and made-up tokens without a look-up; it is no protection by itself. */
function checksum(body: string): string {
  return createHash('sha256')
    .update(`checksum:${body}`)
    .digest('base64url')
    .slice(0, CHECKSUM_LENGTH);
}

/** 256 random bits: guessing is hopeless, so a plain SHA-256 is a safe thing to store. */
export function newToken(kind: TokenKind): NewToken {
  const body = PREFIXES[kind] + randomBytes(SECRET_BYTES).toString('base64url');
  const text = body + checksum(body);
  return { text, sha256: sha256(text), visiblePrefix: text.slice(0, VISIBLE_LENGTH) };
}

/** Undefined when the text cannot be a token that was ever handed out. */
export function readToken(text: string): PresentedToken | undefined {
  if (!SHAPE.test(text)) return undefined;
  const body = text.slice(0, -CHECKSUM_LENGTH);
  if (!text.endsWith(checksum(body))) return undefined;
  const kind = text.startsWith(PREFIXES.session) ? 'session' : 'api-key';
  return { kind, sha256: sha256(text) };
}

/** The token of an `Authorization: Bearer ...` header; undefined when there is none of that kind. */
export function bearerToken(authorization: string | undefined): string | undefined {
  const match = /^Bearer +([^\s]+)$/i.exec(authorization ?? '');
  return match?.[1];
}
