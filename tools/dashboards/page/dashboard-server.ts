import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dashboardPage, RANGES } from './dashboard-page.js';
import { drawPanel } from './draw-panel.js';
import type { GrafanaDashboard } from './grafana-dashboard.js';
import { panelQuery, rateIntervalS, type Chosen } from './panel-query.js';
import { PrometheusClient, type TimeRange } from './prometheus-client.js';

export interface DashboardServerOptions {
  readonly dashboards: readonly GrafanaDashboard[];
  readonly prometheusUrl: string;
  /** How often Prometheus scrapes. */
  readonly scrapeS: number;
}

/** Lines of a chart have at most so many points. */
const POINTS = 240;
const DEFAULT_RANGE = { name: '1h', lengthS: 3_600 };
/** What can be chosen above the panels, as the variables of the dashboards ask for it. */
const REPLICAS = 'lockstep_replica_info';

const NOT_FOUND = { status: 404, headers: {}, body: '' };
const FAILED = { status: 500, headers: {}, body: 'This page could not be drawn.\n' };

/** Serves a page for each dashboard, which draws what a Prometheus answers to its queries. */
export class DashboardServer {
  private readonly prometheus: PrometheusClient;

  private constructor(
    private readonly options: DashboardServerOptions,
    private readonly server: Server,
  ) {
    this.prometheus = new PrometheusClient(options.prometheusUrl);
  }

  /** On 127.0.0.1; rejects when the port is taken. */
  static async listen(options: DashboardServerOptions, port: number): Promise<DashboardServer> {
    const server = createServer();
    const dashboards = new DashboardServer(options, server);
    server.on('request', (request, response) => {
      const answering = dashboards.answer(request.url ?? '/').catch(() => FAILED);
      void answering.then(({ status, headers, body }) => {
        response.writeHead(status, headers).end(body);
      });
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return dashboards;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async answer(path: string) {
    const { dashboards } = this.options;
    const url = URL.parse(path, 'http://127.0.0.1');
    if (url === null) return NOT_FOUND;
    const { pathname, searchParams } = url;
    const first = dashboards[0];
    if (pathname === '/' && first !== undefined) {
      return { status: 302, headers: { location: `/${first.name}` }, body: '' };
    }
    const dashboard = dashboards.find(({ name }) => pathname === `/${name}`);
    if (dashboard === undefined) return NOT_FOUND;
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    };
    return { status: 200, headers, body: await this.draw(dashboard, searchParams) };
  }

  private async draw(dashboard: GrafanaDashboard, search: URLSearchParams): Promise<string> {
    const asked = search.get('range') ?? '';
    const rangeName = RANGES.has(asked) ? asked : DEFAULT_RANGE.name;
    const range = rangeUntilNow(RANGES.get(asked) ?? DEFAULT_RANGE.lengthS);
    const chosen = { role: valuesOf(search, 'role'), instance: valuesOf(search, 'instance') };
    const everyS = rateIntervalS(range.stepS, this.options.scrapeS);
    const drawing = dashboard.panels.map(async (panel) => {
      const answers = panel.targets.map(({ expr }) =>
        this.prometheus.range(panelQuery(expr, chosen, everyS), range),
      );
      return drawPanel(panel, await Promise.all(answers), range);
    });
    const [choices, panels] = await Promise.all([this.choices(range), Promise.all(drawing)]);
    const names = this.options.dashboards.map(({ name }) => name);
    const { name, title } = dashboard;
    return dashboardPage({ name, title, names, panels, choices, chosen, rangeName });
  }

  private async choices(range: TimeRange): Promise<Chosen> {
    const answer = await this.prometheus.range(REPLICAS, range);
    const series = 'series' in answer ? answer.series : [];
    const distinct = (label: string) =>
      [...new Set(series.map(({ labels }) => labels[label] ?? ''))].toSorted();
    return { role: distinct('role'), instance: distinct('instance') };
  }
}

function rangeUntilNow(lengthS: number): TimeRange {
  const stepS = Math.max(1, Math.ceil(lengthS / POINTS));
  const endS = Math.floor(Date.now() / 1_000 / stepS) * stepS;
  return { startS: endS - Math.floor(lengthS / stepS) * stepS, endS, stepS };
}

function valuesOf(search: URLSearchParams, name: string): string[] {
  return search.getAll(name).filter((value) => value !== '');
}
