import { Inject, Injectable, Optional } from '@nestjs/common';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { OutputCache } from '#libs/cache';
import { HealthRegistry, type Logger, type Metrics } from '#libs/observability';
import { matchesEtag } from '../coherence/conditional-get.js';
import { httpMetrics } from '../http.metrics.js';
import {
  POSITION_GATE,
  POSITION_HEADER,
  readPosition,
  type PositionGate,
} from '../coherence/position-gate.js';
import { RequestIds } from '../server/request-id.js';
import { RequestTracker } from '../server/request-tracker.js';
import type { FinishedAnswer } from './finished-answer.js';
import { KnownRequests, NOTHING_FOREIGN } from './known-requests.js';
import { isForAnybody } from './output-hooks.js';

/**
 * Sends stored answers ahead of the router: a request that was asked before, whose answer is held and
 * trusted, costs what Node.js needs to read it and to write the bytes. Everything else, and whatever
 * is not a plain hit, goes to the router as if nothing stood before it, where the hooks of the output
 * cache decide; what they answer and what is answered here differs in nothing but the work.
 */
@Injectable()
export class OutputFront {
  private readonly requestIds = new RequestIds();
  /** Answers that the metrics know of. */
  private told = 0;

  constructor(
    private readonly known: KnownRequests,
    private readonly health: HealthRegistry,
    private readonly tracker: RequestTracker,
    @Optional()
    @Inject(OutputCache)
    private readonly cache: OutputCache<FinishedAnswer> | undefined,
    @Optional() @Inject(POSITION_GATE) private readonly gate: PositionGate | undefined,
  ) {}

  /** Answers so far. */
  get sentAhead(): number {
    const sums = this.known.routes.map(({ sentAhead }) => sentAhead[200] + sentAhead[304]);
    return sums.reduce((sum, count) => sum + count, this.told);
  }

  /** Must be called before anything but the router listens to the server. */
  install(server: Server, metrics: Metrics, logger: Logger): void {
    const { cache } = this;
    if (cache === undefined) return;
    const [router, ...others] = server.listeners('request') as RequestListener[];
    if (router === undefined || others.length > 0) throw new Error('only the router may listen');
    server.off('request', router);
    server.on('request', (request, response) => {
      if (!this.answer(cache, request, response)) router(request, response);
      else if (logger.isDebugEnabled()) {
        const [path] = (request.url ?? '').split('?', 1);
        logger.debug({ method: 'GET', path, status: response.statusCode }, 'sent ahead');
      }
    });
    metrics.beforeReading(() => this.count(metrics));
  }

  /** False when it did nothing. */
  private answer(
    cache: OutputCache<FinishedAnswer>,
    request: IncomingMessage,
    response: ServerResponse,
  ): boolean {
    if (request.method !== 'GET') return false;
    const known = this.known.find(request.url ?? '');
    if (known === undefined || !this.mayBeAnswered(request)) return false;
    const foreign = this.known.findForeign(request.headers.origin);
    if (foreign === undefined) return false;
    const answer = cache.peek(known);
    if (answer === undefined) return false;
    const form = answer.formFor(request.headers['accept-encoding']);
    const isNotModified = matchesEtag(request.headers['if-none-match'], form.etag);
    // Not compressed yet: that is waited for where waiting is allowed.
    if (!isNotModified && form.body === undefined) return false;
    form.sendTo(response, {
      requestId: this.requestIds.of(request),
      isNotModified,
      further: foreign === NOTHING_FOREIGN ? undefined : foreign,
    });
    known.route.sentAhead[isNotModified ? 304 : 200] += 1;
    // Mostly the system has taken all of it by now, and there is nothing a stop would have to wait for.
    if (!response.writableFinished) this.tracker.beginOnConnection(response);
    return true;
  }

  private mayBeAnswered(request: IncomingMessage): boolean {
    // The answers of a replica that is about to go close their connections.
    if (!isForAnybody(request) || this.health.phase === 'draining') return false;
    const header = request.headers[POSITION_HEADER];
    if (header === undefined || this.gate === undefined) return true;
    const position = readPosition(header, this.gate);
    return position !== undefined && this.gate.hasReached(position);
  }

  private count(metrics: Metrics): void {
    const { requests } = metrics.register(httpMetrics);
    for (const { url, sentAhead } of this.known.routes) {
      for (const status of [200, 304] as const) {
        requests.inc({ method: 'GET', route: url, status: String(status) }, sentAhead[status]);
        this.told += sentAhead[status];
        sentAhead[status] = 0;
      }
    }
  }
}
