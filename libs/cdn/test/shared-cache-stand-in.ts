import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CdnProvider } from '#libs/config';
import { tagHeaderFor } from '../src/tag-header.js';

/** What a request has to say to be a purge: undefined when it is none. */
interface Wanted {
  readonly isAllowed: boolean;
  readonly voids: (names: readonly string[]) => boolean;
  readonly answer?: object;
}

interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const TOKEN = 'purge-key-4711';
const SEPARATORS = / |,/u;

/**
 * A shared cache on a real socket that holds answers by the header their replica sent, and speaks the purge API of
 * a provider: method, path, key, limits and form of the answer as its reference has them.
 */
export class SharedCacheStandIn {
  readonly token = TOKEN;
  readonly received: Received[] = [];
  /** Purges to refuse before it takes one, and how. */
  trouble: ((response: ServerResponse) => void)[] = [];
  private readonly held = new Map<string, string>();

  private constructor(
    readonly provider: CdnProvider,
    private readonly server: Server,
  ) {}

  static async start(provider: CdnProvider): Promise<SharedCacheStandIn> {
    const server = createServer();
    const cache = new SharedCacheStandIn(provider, server);
    server.on('request', (request, response) => {
      // Its sender may give it up while it is read.
      cache.answer(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return cache;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    const paths = { fastly: '/service/SU1', cloudflare: '/client/v4/zones/z1' };
    return `http://127.0.0.1:${port}${paths[this.provider as keyof typeof paths] ?? ''}`;
  }

  get env(): Readonly<Record<string, string>> {
    return {
      CDN_PROVIDER: this.provider,
      CDN_PURGE_URL: this.url,
      CDN_PURGE_TOKEN: this.token,
    };
  }

  get names(): string[] {
    return [...this.held.keys()].sort();
  }

  /** Keeps an answer that a replica has sent with these tags. */
  keep(name: string, tags: readonly string[]): void {
    const value = tagHeaderFor(this.provider).valueOf(tags);
    if (value !== undefined) this.held.set(name, value);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { method = '', url: path = '', headers } = request;
    const received = { method, path, headers, body };
    this.received.push(received);
    const trouble = this.trouble.shift();
    if (trouble !== undefined) return trouble(response);
    const wanted = this.wantedBy(received);
    if (wanted === undefined) return void response.writeHead(404).end();
    if (!wanted.isAllowed) return void response.writeHead(403).end(`no such key: ${TOKEN}`);
    for (const [name, value] of this.held) {
      if (wanted.voids(value.split(SEPARATORS))) this.held.delete(name);
    }
    response.writeHead(200).end(JSON.stringify(wanted.answer ?? { status: 'ok' }));
  }

  private wantedBy(received: Received): Wanted | undefined {
    const { method, path, headers, body } = received;
    const isBearer = headers.authorization === `Bearer ${TOKEN}`;
    switch (this.provider) {
      case 'fastly': {
        const isAllowed = headers['fastly-key'] === TOKEN;
        if (method !== 'POST') return undefined;
        if (path === '/service/SU1/purge_all') return { isAllowed, voids: () => true };
        if (path !== '/service/SU1/purge') return undefined;
        return among(String(headers['surrogate-key']).split(' '), 256, isAllowed);
      }
      case 'cloudflare': {
        if (method !== 'POST' || path !== '/client/v4/zones/z1/purge_cache') return undefined;
        const { tags, purge_everything: all } = JSON.parse(body) as {
          tags?: string[];
          purge_everything?: boolean;
        };
        const answer = { success: true, errors: [], result: { id: 'z1' } };
        if (all === true) return { isAllowed: isBearer, voids: () => true, answer };
        const wanted = among(tags ?? [], 30, isBearer);
        return wanted && { ...wanted, answer };
      }
      case 'varnish-xkey':
        if (method !== 'PURGE') return undefined;
        if (headers['lockstep-ban'] === '.') return { isAllowed: isBearer, voids: () => true };
        return among(String(headers['xkey-purge']).split(' '), Infinity, isBearer);
      case 'varnish-ban': {
        const pattern = String(headers['lockstep-ban']);
        // A word of an expression: a space or a quote would end it.
        if (method !== 'PURGE' || /[\s"]/u.test(pattern)) return undefined;
        const expression = new RegExp(pattern, 'u');
        return { isAllowed: isBearer, voids: (names) => expression.test(names.join(' ')) };
      }
      case 'webhook': {
        if (method !== 'POST') return undefined;
        const { tags, everything } = JSON.parse(body) as { tags?: string[]; everything?: boolean };
        if (everything === true) return { isAllowed: isBearer, voids: () => true };
        return among(tags ?? [], Infinity, isBearer);
      }
    }
  }
}

/** undefined for more tags than a provider takes at once. */
function among(tags: readonly string[], limit: number, isAllowed: boolean): Wanted | undefined {
  if (tags.length > limit) return undefined;
  return { isAllowed, voids: (names) => names.some((name) => tags.includes(name)) };
}
