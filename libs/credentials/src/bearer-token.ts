import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const CHECKSUM_LENGTH = 6;
const SECRET = /^[A-Za-z0-9_-]{49}$/;
const VISIBLE_LENGTH = 12;

/** A credential as it is made: the text is given to its holder once, everything else is stored. */
export interface NewToken {
  readonly text: string;
  readonly sha256: string;
  /** How the holder recognises it in a list; useless for signing in. */
  readonly visiblePrefix: string;
}

/** What a presented token says about itself, before anything is looked up. */
export interface PresentedToken<Kind extends string> {
  readonly kind: Kind;
  readonly sha256: string;
}

/**
 * Tokens of some kinds; each kind has a prefix, by which leaked ones are found and no kind passes for another.
 * 256 random bits: guessing is hopeless, so a plain SHA-256 is a safe thing to store.
 */
export class BearerTokens<Kind extends string> {
  constructor(private readonly prefixes: Readonly<Record<Kind, string>>) {}

  create(kind: Kind): NewToken {
    const body = this.prefixes[kind] + randomBytes(SECRET_BYTES).toString('base64url');
    const text = body + checksum(body);
    return { text, sha256: sha256(text), visiblePrefix: text.slice(0, VISIBLE_LENGTH) };
  }

  /** Undefined when the text cannot be a token of these kinds that was ever handed out. */
  read(text: string): PresentedToken<Kind> | undefined {
    for (const kind in this.prefixes) {
      const prefix = this.prefixes[kind];
      if (!text.startsWith(prefix) || !SECRET.test(text.slice(prefix.length))) continue;
      const body = text.slice(0, -CHECKSUM_LENGTH);
      return text.endsWith(checksum(body)) ? { kind, sha256: sha256(text) } : undefined;
    }
    return undefined;
  }
}

/** The token of an `Authorization: Bearer ...` header; undefined when there is none of that kind. */
export function bearerToken(authorization: string | undefined): string | undefined {
  const match = /^Bearer +([^\s]+)$/i.exec(authorization ?? '');
  return match?.[1];
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
