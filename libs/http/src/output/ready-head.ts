import type { ServerResponse } from 'node:http';

const DATE = '\r\nDate: ';
/** Every date in a header is as long as this one. */
const DATE_LENGTH = 'Sun, 29 Nov 2026 11:03:02 GMT'.length;
const MS_PER_SECOND = 1_000;
/** The line of the status, the date and what is said of the connection. */
const FURTHER_BYTES = 128;

/** Where `node:http` keeps the head as it will be written; null before there is one. */
const WRITTEN_HEAD = '_header';

/** What a response has beside what is documented. */
interface NodeResponse {
  [WRITTEN_HEAD]?: unknown;
  /** The connection is to be closed after so many requests. */
  readonly maxRequestsOnConnectionReached?: boolean;
}

interface Parts {
  readonly beforeId: string;
  readonly beforeDate: string;
  readonly end: string;
}

/**
 * The head of an answer that is sent again and again. For the first client Node.js puts it together from
 * names and values, and looks at every character of them; what came out is kept, and written to the
 * others with nothing exchanged but the id of the request and the date. Otherwise that is
 * what a hit costs most, and the more the longer its headers are.
 *
 * One thing that is not documented is relied on: that the finished head stands in `_header`. Where it does
 * not, each head is put together anew, as it is for a client whose connection does not stay open.
 */
export class ReadyHead {
  private parts: Parts | undefined;

  constructor(
    private readonly status: 200 | 304,
    /** Names and values in turn, as `writeHead` takes them. The first is the id of the request, whose value is replaced. */
    private readonly head: readonly string[],
  ) {}

  /** Estimated; the text is counted before it is there, because what is stored is weighed once. */
  get heldBytes(): number {
    return this.head.reduce((bytes, text) => bytes + text.length, FURTHER_BYTES);
  }

  /** `requestId` is written as it is: it must hold nothing that ends a line. */
  write(response: ServerResponse, requestId: string): void {
    const isKept = staysOpen(response);
    if (isKept && this.parts !== undefined) return this.writeParts(response, this.parts, requestId);
    const head = this.putTogether(response, requestId);
    if (isKept) this.parts = partsOf(head, requestId);
  }

  private writeParts(response: ServerResponse, parts: Parts, requestId: string): void {
    const { beforeId, beforeDate, end } = parts;
    response.statusCode = this.status;
    (response as NodeResponse)[WRITTEN_HEAD] =
      `${beforeId}${requestId}${beforeDate}${dateNow()}${end}`;
  }

  /** Answers the head as Node.js made it. */
  private putTogether(response: ServerResponse, requestId: string): unknown {
    const [name = '', , ...others] = this.head;
    response.writeHead(this.status, [name, requestId, ...others]);
    return (response as NodeResponse)[WRITTEN_HEAD];
  }
}

/** What is said of the connection is the same in all answers on connections that stay open. */
function staysOpen(response: ServerResponse & NodeResponse): boolean {
  return response.shouldKeepAlive && response.maxRequestsOnConnectionReached !== true;
}

function partsOf(head: unknown, requestId: string): Parts | undefined {
  if (typeof head !== 'string') return undefined;
  const idAt = head.indexOf(`: ${requestId}\r\n`) + 2;
  const dateAt = head.lastIndexOf(DATE) + DATE.length;
  if (idAt < 2 || dateAt < idAt) return undefined;
  return {
    beforeId: head.slice(0, idAt),
    beforeDate: head.slice(idAt + requestId.length, dateAt),
    end: head.slice(dateAt + DATE_LENGTH),
  };
}

let second = -1;
let date = '';

/** Of this second. */
function dateNow(): string {
  const now = Date.now();
  const current = Math.floor(now / MS_PER_SECOND);
  if (current !== second) {
    second = current;
    date = new Date(now).toUTCString();
  }
  return date;
}
