import { timingSafeEqual } from 'node:crypto';
import { TextHmac } from './text-hmac.js';
import { messageStart, WIRE_VERSION } from './wire.js';

/** The installation, and the key that its replicas alone can read: it is in the database. */
export interface SealedFor {
  readonly id: string;
  readonly announcementKey: string;
}

/**
 * What a text on the channel is. `own`: an echo. `message`: of this installation and version. `unknown
 * version`: of this installation, in words of another release. The others change nothing here:
 * `foreign` names another installation, `forged` names this one without its key, `malformed` is neither.
 */
export type Opened =
  | { readonly kind: 'message'; readonly body: string }
  | { readonly kind: 'own' | 'unknown version' | 'foreign' | 'forged' | 'malformed' };

const CODE_LENGTH = 22;
/** A unit of work has at most 5,000 tags, a message about as many; a longer text is none of ours. */
const MAX_LENGTH = 8_000_000;
const HEADER = /^(\d{1,6})\.([0-9a-f-]{36})\.([\w-]{22})\./;

/**
 * Tells the announcements of this installation from everything else that can be published on its
 * channel. A text is `<version>.<installation>.<code>.<body>`, the code an HMAC of the other three
 * parts and of what it is for; the envelope is the same in every version, so that a message of another release is known to be
 * one of ours.
 */
export class AnnouncementSeal {
  private readonly hmac: TextHmac;
  private readonly bodyStart: number;
  private readonly ownStart: string;
  private readonly start: string;

  constructor(
    private readonly installation: SealedFor,
    origin: string,
    /** What is sealed for one use opens for no other. */
    private readonly use = 'invalidation',
  ) {
    this.hmac = new TextHmac(Buffer.from(installation.announcementKey, 'hex'));
    this.start = `${WIRE_VERSION}.${installation.id}.`;
    this.bodyStart = this.start.length + CODE_LENGTH + 1;
    this.ownStart = messageStart(origin);
  }

  seal(body: string, version = WIRE_VERSION): string {
    return `${version}.${this.installation.id}.${this.code(version, body)}.${body}`;
  }

  open(text: string): Opened {
    // An echo is known by its beginning alone: ignoring it is all that a forgery could reach.
    if (text.startsWith(this.ownStart, this.bodyStart) && text.startsWith(this.start)) {
      return { kind: 'own' };
    }
    const header = text.length > MAX_LENGTH ? null : HEADER.exec(text);
    if (header === null) return { kind: 'malformed' };
    const [whole, version, installation, code] = header;
    if (installation !== this.installation.id) return { kind: 'foreign' };
    const body = text.slice(whole.length);
    const expected = this.code(Number(version), body);
    if (!timingSafeEqual(Buffer.from(expected), Buffer.from(code ?? ''))) {
      return { kind: 'forged' };
    }
    return Number(version) === WIRE_VERSION
      ? { kind: 'message', body }
      : { kind: 'unknown version' };
  }

  private code(version: number, body: string): string {
    const text = `${this.use}.${version}.${this.installation.id}.${body}`;
    return this.hmac.codeOf(text).slice(0, CODE_LENGTH);
  }
}
