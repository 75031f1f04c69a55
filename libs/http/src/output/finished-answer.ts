import type { ServerResponse } from 'node:http';
import { CACHE_STATUS_HEADER, cacheStatus } from '../cache-status.js';
import { etagOfBody } from '../conditional-get.js';

/** Those who read them take lines of 8 KiB at least; half of it leaves room for everything else. */
const MAX_SURROGATE_KEY_LENGTH = 4_096;
const UNSAFE_IN_TAG = /[^!-~]/gu;
/** Cannot be purged, because it does not say what it is made of. */
const ASK_EACH_TIME = 'public, max-age=0, must-revalidate';

const ID_AT = 1;
const STATUS_AT = 3;

export interface AnswerContent {
  readonly body: Buffer;
  readonly contentType: string;
  /** undefined: not known. */
  readonly tags: Iterable<string> | undefined;
  readonly cacheControl: string;
  /** Headers that every answer of this replica carries. */
  readonly standardHeaders: Readonly<Record<string, string>>;
}

/** What differs between one sending of an answer and the next. */
export interface Sending {
  readonly requestId: string;
  /** The caller has the answer already. */
  readonly isNotModified: boolean;
  /** The caller wants the headers only. */
  readonly isBodyless?: boolean;
  /** Default: a plain hit. */
  readonly cacheStatus?: string | undefined;
  /** Headers of this sending, added to those of the answer. */
  readonly further?: Readonly<Record<string, unknown>> | undefined;
}

/** An answer as it goes over the wire, made once. */
export class FinishedAnswer {
  readonly body: Buffer;
  readonly etag: string;
  /** Of the answer itself, without what is about one request. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Names and values in turn, as `writeHead` takes them, so that nothing is put together for a hit. Apart
   * from the frozen rest of a cached value: a frozen array is slow to walk, and the id of a request is
   * put into it just before it is written.
   */
  readonly #head: string[];
  readonly #notModifiedHead: string[];

  constructor({ body, contentType, tags, cacheControl, standardHeaders }: AnswerContent) {
    this.body = body;
    this.etag = etagOfBody(body);
    const surrogateKey = surrogateKeyOf(tags);
    const validity = {
      etag: this.etag,
      'cache-control': surrogateKey === undefined ? ASK_EACH_TIME : cacheControl,
      ...(surrogateKey === undefined ? {} : { 'surrogate-key': surrogateKey }),
    };
    this.headers = { ...validity, 'content-type': contentType };
    const plainHit = cacheStatus({ outcome: 'hit' });
    this.#notModifiedHead = [
      ...['x-request-id', '', CACHE_STATUS_HEADER, plainHit],
      ...Object.entries({ ...standardHeaders, ...validity }).flat(),
    ];
    this.#head = [
      ...this.#notModifiedHead,
      ...['content-type', contentType, 'content-length', String(body.byteLength)],
    ];
  }

  /** Writes it past the reply of Fastify, which would put together anew what is finished already. */
  sendTo(response: ServerResponse, sending: Sending): void {
    const { isNotModified, isBodyless = false } = sending;
    response.writeHead(isNotModified ? 304 : 200, this.headFor(sending));
    if (isNotModified || isBodyless) response.end();
    else response.end(this.body);
  }

  /** To be written before the next one is asked for. */
  private headFor({ requestId, isNotModified, cacheStatus: status, further }: Sending): string[] {
    const plain = isNotModified ? this.#notModifiedHead : this.#head;
    plain[ID_AT] = requestId;
    if (status === undefined && further === undefined) return plain;
    const head = plain.slice();
    if (status !== undefined) head[STATUS_AT] = status;
    for (const name in further) addTo(head, name, further[name]);
    return head;
  }
}

function addTo(head: string[], name: string, value: unknown): void {
  head.push(name, Array.isArray(value) ? value.join(', ') : String(value));
}

/** undefined when the tags are not known or too long: a part of them would let a purge miss the answer. */
function surrogateKeyOf(tags: Iterable<string> | undefined): string | undefined {
  if (tags === undefined) return undefined;
  const key = [...tags].map((tag) => tag.replace(UNSAFE_IN_TAG, encodeUnsafe)).join(' ');
  return key.length > MAX_SURROGATE_KEY_LENGTH ? undefined : key;
}

function encodeUnsafe(character: string): string {
  return Buffer.from(character)
    .reduce((text, byte) => `${text}%${byte.toString(16).padStart(2, '0')}`, '')
    .toUpperCase();
}
