import type { AcceptedImportAnswer } from '../../apps/authoring/src/imports/import.schemas.js';
import type { JobAnswer } from '../../apps/authoring/src/jobs/job.schemas.js';
import type { Page, Problem } from '#libs/http';
import { eventually } from '#libs/testing';

/** Far above any bound that a test states; a request that hangs must fail the test, not the run. */
const GIVE_UP_MS = 120_000;

export interface Reply<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  /** From the first byte sent to the last byte read. */
  readonly tookMs: number;
}

export interface Call {
  /** Sent as JSON, or as it is when it is text, bytes or a form. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the token of the client; null sends none. */
  readonly token?: string | null;
}

export interface Upload {
  readonly store: string;
  readonly dryRun?: boolean;
  readonly fileName?: string;
}

/** One replica as a client over HTTP sees it. */
export class ReplicaClient {
  constructor(
    readonly url: string,
    readonly token?: string,
    private readonly giveUpMs = GIVE_UP_MS,
  ) {}

  /** Signs in as staff and keeps the token. */
  static async signIn(
    url: string,
    login: { readonly email: string; readonly password: string },
  ): Promise<ReplicaClient> {
    const anonymous = new ReplicaClient(url);
    const { body } = await anonymous.expect<{ token: string }>(201, 'POST', '/sessions', {
      body: login,
    });
    return new ReplicaClient(url, body.token);
  }

  /** The same credential at another replica. */
  at(url: string): ReplicaClient {
    return new ReplicaClient(url, this.token);
  }

  async call<Body = Problem>(method: string, path: string, call: Call = {}): Promise<Reply<Body>> {
    const { token = this.token ?? null, body, headers } = call;
    const isRaw =
      typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData;
    const beganMs = performance.now();
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: (isRaw ? body : JSON.stringify(body)) as BodyInit }),
      signal: AbortSignal.timeout(this.giveUpMs),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as Body,
      tookMs: performance.now() - beganMs,
    };
  }

  get<Body = Problem>(path: string, headers: Call['headers'] = {}): Promise<Reply<Body>> {
    return this.call<Body>('GET', path, { headers });
  }

  /** Rejects with the answer when it has another status. */
  async expect<Body>(
    status: number,
    method: string,
    path: string,
    call: Call = {},
  ): Promise<Reply<Body>> {
    const reply = await this.call<Body>(method, path, call);
    if (reply.status === status) return reply;
    throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  }

  /** All that a list has, read page by page. */
  async listAll<Item>(path: string, query: Readonly<Record<string, string>>): Promise<Item[]> {
    const items: Item[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const asked = { ...query, ...(cursor === undefined ? {} : { cursor }) };
      const route = `${path}?${new URLSearchParams(asked).toString()}`;
      const { body } = await this.expect<Page<Item>>(200, 'GET', route);
      if (body.items.length > Number(query['limit'])) throw new Error(`${route}: too many items`);
      items.push(...body.items);
      cursor = body.nextCursor;
    }
    return items;
  }

  upload<Body = AcceptedImportAnswer>(
    content: string | Uint8Array,
    { store, dryRun = false, fileName = 'products.csv' }: Upload,
  ): Promise<Reply<Body>> {
    const form = new FormData();
    form.append('file', new Blob([content as BlobPart], { type: 'text/csv' }), fileName);
    return this.call<Body>('POST', `/imports?store=${store}&dryRun=${dryRun}`, { body: form });
  }

  /** Resolves with the job when it has ended, whichever way. */
  jobEnded(id: string, withinMs = 60_000): Promise<JobAnswer> {
    return eventually(
      `the end of job ${id}`,
      async () => {
        const { body } = await this.expect<JobAnswer>(200, 'GET', `/jobs/${id}`);
        return ['completed', 'dead', 'cancelled'].includes(body.state) ? body : undefined;
      },
      { withinMs, everyMs: 100 },
    );
  }
}
