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
/** To compare codes in: a code fills them. */
const EXPECTED = Buffer.alloc(CODE_LENGTH);
const GIVEN = Buffer.alloc(CODE_LENGTH);
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
    if (text.length > MAX_LENGTH) return { kind: 'malformed' };
    // Most are of this kind, and a pattern takes longer than all else but the code.
    if (text.startsWith(this.start) && text[this.bodyStart - 1] === '.') return this.openOwn(text);
    const header = HEADER.exec(text);
    if (header === null) return { kind: 'malformed' };
    const [whole, version, installation, code = ''] = header;
    if (installation !== this.installation.id) return { kind: 'foreign' };
    const isSealed = this.isCode(code, Number(version), text.slice(whole.length));
    return { kind: isSealed ? 'unknown version' : 'forged' };
  }

  /** Of this installation and version, by what it says of itself. */
  private openOwn(text: string): Opened {
    const code = text.slice(this.start.length, this.bodyStart - 1);
    const body = text.slice(this.bodyStart);
    return this.isCode(code, WIRE_VERSION, body) ? { kind: 'message', body } : { kind: 'forged' };
  }

  private isCode(code: string, version: number, body: string): boolean {
    EXPECTED.write(this.code(version, body), 'latin1');
    GIVEN.write(code, 'latin1');
    return timingSafeEqual(EXPECTED, GIVEN);
  }

  private code(version: number, body: string): string {
    const text = `${this.use}.${version}.${this.installation.id}.${body}`;
    return this.hmac.codeOf(text).slice(0, CODE_LENGTH);
  }
}
