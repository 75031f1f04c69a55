import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { deferred, type Deferred } from '#libs/kernel';
import { FormBody } from './form-body.js';
import {
  newId,
  nowSeconds,
  StandInAccount,
  type StandInIntent,
  type StandInRefund,
} from './stand-in-account.js';
import { invalid, StandInError } from './stand-in-error.js';

export interface StandInEvent {
  readonly id: string;
  readonly type: string;
  /** As it is sent: what it was about, as that was then. */
  readonly body: string;
}

export interface StandInRequest {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  /** It was answered from what is remembered of its key. */
  readonly isReplayed: boolean;
}

/**
 * What goes wrong with a request. `lost`: it has no effect and no answer; `unanswered`: it has its effect and
 * no answer; `held`: its answer waits for {@link CardProviderStandIn.release}; `broken`: 500.
 */
export type StandInFault = 'lost' | 'unanswered' | 'held' | 'broken';

interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * A server that speaks the part of Stripe's API that Lockstep uses: payment intents, refunds, idempotency keys,
 * declines, redirects for 3-D Secure, signed events. What the browser of a shopper does is done by
 * `confirm` and `authenticate`. Events are gathered; a test delivers them when, as often, and in which order it
 * likes.
 */
export class CardProviderStandIn {
  readonly account: StandInAccount;
  readonly events: StandInEvent[] = [];
  readonly requests: StandInRequest[] = [];
  private readonly remembered = new Map<string, { readonly asked: string; answer?: Answer }>();
  private readonly faults: { readonly path: RegExp; readonly fault: StandInFault }[] = [];
  private readonly sockets = new Set<Socket>();
  private gate: Deferred<void> = deferred();

  private constructor(
    private readonly server: Server,
    readonly secretKey: string,
    readonly webhookSecret: string,
  ) {
    this.account = new StandInAccount(
      (type, object) => this.note(type, object),
      (id) => `${this.url}/redirect/${id}`,
    );
  }

  static async start(): Promise<CardProviderStandIn> {
    const server = createServer();
    const standIn = new CardProviderStandIn(server, newId('sk_test'), newId('whsec'));
    server.on('request', (request, response) => void standIn.serve(request, response));
    server.on('connection', (socket) => {
      standIn.sockets.add(socket);
      socket.once('close', () => standIn.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The configuration of a replica that uses it. */
  get env(): Record<string, string> {
    return {
      CARD_API_URL: this.url,
      CARD_SECRET_KEY: this.secretKey,
      CARD_WEBHOOK_SECRET: this.webhookSecret,
      CARD_PUBLISHABLE_KEY: 'pk_test_shop1234',
    };
  }

  /** The next request whose `METHOD path` matches goes wrong. */
  failNext(path: RegExp, fault: StandInFault): void {
    this.faults.push({ path, fault });
  }

  release(): void {
    this.gate.resolve();
    this.gate = deferred();
  }

  /** Requests that had an effect, or tried to: what was replayed is left out. */
  asked(path: RegExp): readonly StandInRequest[] {
    return this.requests.filter(
      (request) => path.test(`${request.method} ${request.path}`) && !request.isReplayed,
    );
  }

  /** What the form of the shopper sends. Throws a StandInError for a card that is declined. */
  confirm(clientSecret: string, card: string, returnUrl = ''): StandInIntent {
    const body = new URLSearchParams({ client_secret: clientSecret, payment_method: card });
    if (returnUrl !== '') body.set('return_url', returnUrl);
    const id = clientSecret.replace(/_secret_.*$/, '');
    return this.account.confirm(id, new FormBody(body.toString()));
  }

  eventsOf(type: string, objectId: string): StandInEvent[] {
    return this.events.filter(
      (event) => event.type === type && event.body.includes(`"id":"${objectId}"`),
    );
  }

  /** Sends an event as the provider does; signed now unless said otherwise. */
  async deliver(
    event: Pick<StandInEvent, 'body'>,
    endpoint: string,
    { secret = this.webhookSecret, at = nowSeconds() } = {},
  ): Promise<number> {
    const signature = createHmac('sha256', secret).update(`${at}.${event.body}`).digest('hex');
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': `t=${at},v1=${signature}`,
      },
      body: event.body,
    });
    await response.arrayBuffer();
    return response.status;
  }

  async stop(): Promise<void> {
    this.release();
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private note(type: string, object: StandInIntent | StandInRefund): void {
    const id = newId('evt');
    const created = nowSeconds();
    const event = { id, object: 'event', type, created, data: { object } };
    this.events.push({ id, type, body: JSON.stringify(event) });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const name = `${request.method} ${url.pathname}`;
    const at = this.faults.findIndex(({ path }) => path.test(name));
    const fault = at < 0 ? undefined : this.faults.splice(at, 1)[0]?.fault;
    if (fault === 'lost') return;
    const answer = this.answer(request, url, text, fault);
    if (fault === 'unanswered') return;
    if (fault === 'held') await this.gate.promise;
    if (url.pathname.startsWith('/redirect/')) {
      response.writeHead(302, { location: answer.body }).end();
      return;
    }
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      'request-id': newId('req'),
    });
    response.end(answer.body);
  }

  private answer(
    request: IncomingMessage,
    url: URL,
    text: string,
    fault: StandInFault | undefined,
  ): Answer {
    const method = request.method ?? 'GET';
    const path = url.pathname;
    if (path.startsWith('/redirect/')) {
      return { status: 302, body: this.account.authenticate(path.slice('/redirect/'.length)) };
    }
    const key = request.headers['idempotency-key'];
    const name = typeof key === 'string' && method === 'POST' ? key : undefined;
    const asked = `${path}?${text}`;
    const earlier = name === undefined ? undefined : this.remembered.get(name);
    this.requests.push({ method, path, key: name, isReplayed: earlier !== undefined });
    if (request.headers.authorization !== `Bearer ${this.secretKey}`) {
      return failed(invalid('api_key_invalid', 'no such key', 401));
    }
    if (earlier !== undefined) {
      if (earlier.asked !== asked) {
        return failed(
          new StandInError(400, { type: 'idempotency_error', message: 'another request' }),
        );
      }
      if (earlier.answer !== undefined) return earlier.answer;
    }
    if (fault === 'broken') {
      return failed(new StandInError(500, { type: 'api_error', message: 'broken' }));
    }
    const answer = this.perform(method, path, url, new FormBody(text));
    if (name !== undefined) this.remembered.set(name, { asked, answer });
    return answer;
  }

  private perform(method: string, path: string, url: URL, body: FormBody): Answer {
    try {
      return { status: 200, body: JSON.stringify(this.route(method, path, url, body)) };
    } catch (error) {
      if (error instanceof StandInError) return failed(error);
      throw error;
    }
  }

  private route(method: string, path: string, url: URL, body: FormBody): object {
    const [, resource = '', id = '', act = ''] =
      /^\/v1\/(payment_intents|refunds)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? [];
    switch (`${method} ${resource}${id === '' ? '' : '/id'}${act === '' ? '' : `/${act}`}`) {
      case 'POST payment_intents':
        return this.account.create(body);
      case 'GET payment_intents/id':
        return this.account.get(id);
      case 'POST payment_intents/id/capture':
        return this.account.capture(id, body.integer('amount_to_capture'));
      case 'POST payment_intents/id/cancel':
        return this.account.cancel(id);
      case 'POST refunds':
        return this.account.refund(
          body.field('payment_intent') ?? '',
          body.integer('amount'),
          body.map('metadata'),
        );
      case 'GET refunds': {
        const data = this.account.refundsOf(url.searchParams.get('payment_intent') ?? '');
        return { object: 'list', data, has_more: false, url: '/v1/refunds' };
      }
      default:
        throw invalid('url_invalid', `unknown: ${method} ${path}`, 404);
    }
  }
}

function failed({ status, body }: StandInError): Answer {
  return { status, body: JSON.stringify({ error: body }) };
}
