import type { ServerResponse } from 'node:http';
import type { Weighed } from '#libs/cache';
import type { TagHeader } from '#libs/cdn';
import { CACHE_STATUS_HEADER, cacheStatus } from '../coherence/cache-status.js';
import { chooseCoding, type ContentCoding } from '../compression/accept-encoding.js';
import { codingFor, compress, etagOfCoded, isCompressible } from '../compression/content-coding.js';
import { etagOfBody } from '../coherence/conditional-get.js';
import { ReadyHead } from './ready-head.js';

/** No purge would find it: it does not say what it is made of, or what voids it may have been purged before. */
const ASK_EACH_TIME = 'public, max-age=0, must-revalidate';
/** Of a buffer and the memory around it, and of a header with its place in a list. */
const BUFFER_BYTES = 240;
const HEADER_BYTES = 32;

const ID_AT = 1;
const STATUS_AT = 3;

export interface AnswerContent {
  readonly body: Buffer;
  readonly contentType: string;
  /** undefined: not known. */
  readonly tags: Iterable<string> | undefined;
  /** It was made of values that could not be confirmed against the log. */
  readonly isStale: boolean;
  readonly cacheControl: string;
  readonly tagHeader: TagHeader;
  /** Headers that every answer of this replica carries. */
  readonly standardHeaders: Readonly<Record<string, string>>;
}

/** What differs between one sending of an answer and the next. */
export interface Sending {
  readonly requestId: string;
  /** The caller has the answer already. */
  readonly isNotModified: boolean;
  /** Default: a plain hit. */
  readonly cacheStatus?: string | undefined;
  /** What is held could not be confirmed: no shared cache may keep it, because it may have been purged already. */
  readonly isStale?: boolean | undefined;
  /** Headers of this sending, added to those of the answer. */
  readonly further?: Readonly<Record<string, unknown>> | undefined;
}

/** An answer in one coding, as it goes over the wire. */
export class AnswerForm {
  readonly etag: string;
  /** Without what is about one request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names and values in turn, as `writeHead` takes them. */
  private readonly head: string[];
  private readonly notModifiedHead: string[];
  private readonly readyHead: ReadyHead;
  private readonly readyNotModified: ReadyHead;
  private made: Promise<boolean> | undefined;

  constructor(
    validity: Readonly<Record<string, string>> & { readonly etag: string },
    standard: Readonly<Record<string, string>>,
    contentType: string,
    readonly coding: ContentCoding | undefined,
    /** undefined: it has not been compressed yet. */
    public body: Buffer | undefined,
  ) {
    this.etag = coding === undefined ? validity.etag : etagOfCoded(validity.etag, coding);
    const own = { ...validity, etag: this.etag };
    const described: Record<string, string> = { 'content-type': contentType };
    if (coding !== undefined) described['content-encoding'] = coding;
    this.headers = { ...own, ...described };
    this.notModifiedHead = [
      ...['x-request-id', '', CACHE_STATUS_HEADER, cacheStatus({ outcome: 'hit' })],
      ...Object.entries({ ...standard, ...own }).flat(),
    ];
    this.head = [...this.notModifiedHead, ...Object.entries(described).flat()];
    if (body !== undefined) this.head.push('content-length', String(body.byteLength));
    this.readyHead = new ReadyHead(200, this.head);
    this.readyNotModified = new ReadyHead(304, this.notModifiedHead);
  }

  /** Estimated. */
  get heldBytes(): number {
    const { head, readyHead, readyNotModified, body } = this;
    const texts = readyHead.heldBytes + readyNotModified.heldBytes;
    return head.length * HEADER_BYTES * 2 + texts + BUFFER_BYTES + (body?.byteLength ?? 0);
  }

  /** Compresses the body, once for all who ask; false when it has to be sent in another form. */
  make(plain: Buffer): Promise<boolean> {
    const { coding } = this;
    if (this.body !== undefined || coding === undefined) return Promise.resolve(true);
    this.made ??= compress(plain, coding)
      .then((coded) => {
        if (coded === undefined) return false;
        this.body = ownMemory(coded);
        this.head.push('content-length', String(coded.byteLength));
        return true;
      })
      .finally(() => (this.made = undefined));
    return this.made;
  }

  /** Writes it past the reply of Fastify, which would put together anew what is finished already. */
  sendTo(response: ServerResponse, sending: Sending): void {
    const { isNotModified, requestId } = sending;
    const special = this.headFor(sending);
    if (special !== undefined) response.writeHead(isNotModified ? 304 : 200, special);
    else (isNotModified ? this.readyNotModified : this.readyHead).write(response, requestId);
    // Node.js leaves the body out of an answer to HEAD.
    if (isNotModified) response.end();
    else response.end(this.body);
  }

  /** undefined: it is that of a plain hit, which is ready. */
  private headFor(sending: Sending): string[] | undefined {
    const { requestId, isNotModified, cacheStatus: status, isStale = false, further } = sending;
    if (status === undefined && further === undefined && !isStale) return undefined;
    const head = (isNotModified ? this.notModifiedHead : this.head).slice();
    head[ID_AT] = requestId;
    if (status !== undefined) head[STATUS_AT] = status;
    if (isStale) head[head.indexOf('cache-control') + 1] = ASK_EACH_TIME;
    for (const name in further) addTo(head, name, further[name]);
    return head;
  }
}

/** An answer made once, in the codings that clients have asked for. */
export class FinishedAnswer implements Weighed {
  readonly body: Buffer;
  private readonly isCompressible: boolean;
  /** Apart from the frozen rest of a cached value: a frozen array is slow to walk, and forms come later. */
  readonly #plain: AnswerForm;
  readonly #coded = new Map<ContentCoding, AnswerForm>();
  readonly #makeForm: (coding?: ContentCoding) => AnswerForm;

  constructor(content: AnswerContent) {
    const { body, contentType, tags, tagHeader, standardHeaders } = content;
    this.body = body;
    const names = tags === undefined ? undefined : tagHeader.valueOf(tags);
    const mayBeShared = names !== undefined && !content.isStale;
    const validity = {
      etag: etagOfBody(body),
      'cache-control': mayBeShared ? content.cacheControl : ASK_EACH_TIME,
      ...(names === undefined ? {} : { [tagHeader.name]: names }),
      ...(isCompressible(contentType) ? { vary: 'Accept-Encoding' } : {}),
    };
    const plainBody = (coding?: ContentCoding) => (coding === undefined ? body : undefined);
    this.#makeForm = (coding) =>
      new AnswerForm(validity, standardHeaders, contentType, coding, plainBody(coding));
    this.#plain = this.#makeForm();
    this.isCompressible = isCompressible(contentType);
  }

  get heldBytes(): number {
    let bytes = this.#plain.heldBytes;
    for (const form of this.#coded.values()) bytes += form.heldBytes;
    return bytes;
  }

  /** The form for a request with this Accept-Encoding. Its body may have to be made. */
  formFor(acceptEncoding: string | readonly string[] | undefined): AnswerForm {
    if (acceptEncoding === undefined || !this.isCompressible) return this.#plain;
    const coding = codingFor(chooseCoding(acceptEncoding), this.body.byteLength);
    if (coding === undefined) return this.#plain;
    const known = this.#coded.get(coding);
    if (known !== undefined) return known;
    const form = this.#makeForm(coding);
    this.#coded.set(coding, form);
    return form;
  }

  /** The same with its body made, or the plain one when that was not possible. */
  async madeFormFor(acceptEncoding: string | readonly string[] | undefined): Promise<AnswerForm> {
    const form = this.formFor(acceptEncoding);
    return (await form.make(this.body)) ? form : this.#plain;
  }
}

/**
 * A copy in memory of its own: small buffers are cut from shared ones, and one that is kept would keep all
 * that was cut beside it.
 */
export function ownMemory(payload: string | Buffer): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(payload));
  if (typeof payload === 'string') bytes.write(payload);
  else payload.copy(bytes);
  return bytes;
}

function addTo(head: string[], name: string, value: unknown): void {
  head.push(name, Array.isArray(value) ? value.join(', ') : String(value));
}
