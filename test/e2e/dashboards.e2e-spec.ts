import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startFleet, type RunningFleet } from '#libs/testing';
import { anyFreePort } from '../../tools/fleet/free-port.js';
import { DashboardServer } from '../../tools/dashboards/page/dashboard-server.js';
import {
  readDashboards,
  type GrafanaDashboard,
} from '../../tools/dashboards/page/grafana-dashboard.js';
import { createStore } from '../support/catalog-client.js';
import { ReplicaClient } from '../support/replica-client.js';
import { createWare, openShop } from '../support/shop-client.js';
import { placeOrder } from '../support/order-staff.js';
import { Browser, whyNoBrowser } from './dashboards/browser.js';
import { PrometheusProcess, whyNoPrometheus } from './dashboards/prometheus-process.js';

const STORE = 'watched';
const SKU = 'PAD';
const [WIDTH, HEIGHT] = [1_600, 1_000];
/** Each screenshot goes there, for people to look at. */
const PICTURES = process.env['LOCKSTEP_SCREENSHOTS'];
/** Of a fleet without a load balancer, a copy or a CDN, that has run for some seconds: at least so many. */
const DRAWN_SHARE = 0.5;

const absent = whyNoPrometheus();
const describeWithPrometheus = absent === undefined ? describe : describe.skip;
const note = absent === undefined ? '' : ` (skipped: ${absent})`;
const noBrowser = whyNoBrowser();
const describeInBrowser = noBrowser === undefined ? describe : describe.skip;
const browserNote = noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`;

interface ShownPanel {
  readonly title: string;
  readonly state: string;
  readonly series: number;
  /** Lines and points that lie within their chart. */
  readonly drawn: number;
  readonly legends: number;
  readonly says: string;
  /** Whether something stands out of the panel at its side. */
  readonly isOverflowing: boolean;
}

/** In the page: what of each panel a person can see. */
const LOOK = `[...document.querySelectorAll('section')].map((panel) => {
  const chart = panel.querySelector('svg')?.getBoundingClientRect();
  const isWithin = (mark) => {
    const box = mark.getBoundingClientRect();
    return chart.width > 0 && box.left >= chart.left - 3 && box.right <= chart.right + 3 &&
      box.top >= chart.top - 3 && box.bottom <= chart.bottom + 3;
  };
  return {
    title: panel.querySelector('h2').textContent,
    state: panel.dataset.state,
    series: Number(panel.dataset.series),
    drawn: [...panel.querySelectorAll('.series')].filter(isWithin).length,
    legends: panel.querySelectorAll('.legend th:not(:empty)').length,
    says: panel.innerText,
    isOverflowing: panel.scrollWidth > panel.clientWidth,
  };
})`;

describeWithPrometheus(`the page of the dashboards${note}`, () => {
  const dashboards = readDashboards('docker/grafana/dashboards');
  let fleet: RunningFleet;
  let prometheus: PrometheusProcess;
  let server: DashboardServer;
  let browser: Browser | undefined;

  beforeAll(async () => {
    fleet = await startFleet({ commerce: 1, authoring: 1 });
    prometheus = await PrometheusProcess.start([...fleet.commerce, ...fleet.authoring]);
    const options = { dashboards, prometheusUrl: prometheus.url, scrapeS: 1 };
    server = await DashboardServer.listen(options, 0);
    const staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(staff, STORE);
    await openShop(staff, STORE);
    await createWare(staff, STORE, SKU, { onHand: 100 });
    await eventually(
      'Prometheus has a rate of what shoppers do',
      async () => {
        await placeOrder(new ReplicaClient(fleet.commerce[0]!.url), STORE, [
          { sku: SKU, quantity: 1 },
        ]);
        return /data-state="drawn"[^>]*>\s*<h2>Checkouts</.test(await pageOf('shop'));
      },
      { withinMs: 120_000 },
    );
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await prometheus?.stop();
    await fleet?.stop();
  });

  const pageOf = async (name: string) => (await fetch(`${server.url}/${name}?range=5m`)).text();

  it('leads to each, and has no other', async () => {
    expect((await fetch(server.url)).url).toBe(`${server.url}/${dashboards[0]!.name}`);
    const text = await pageOf('fleet');
    for (const { name } of dashboards) expect(text).toContain(`href="/${name}?`);
    expect((await fetch(`${server.url}/../package.json`)).status).toBe(404);
  });

  it.each(dashboards.map((dashboard) => [dashboard.name, dashboard] as const))(
    'asks Prometheus nothing of %s that it refuses',
    async (name, { panels }) => {
      const states = [...(await pageOf(name)).matchAll(/data-state="(\w+)"/g)].map(
        ([, state]) => state,
      );
      expect(states).toHaveLength(panels.length);
      for (const state of states) expect(['drawn', 'empty']).toContain(state);
    },
  );

  it('shows the replicas that are chosen', async () => {
    const { host } = new URL(fleet.commerce[0]!.url);
    const text = await (
      await fetch(`${server.url}/fleet?range=5m&role=commerce&instance=${host}`)
    ).text();
    const [legend = ''] = /<h2>Memory<[\s\S]*?<\/section>/.exec(text) ?? [];
    expect(legend).toContain(`commerce ${host}`);
    expect(legend).not.toContain('authoring');
  });

  it('says so when Prometheus is away', async () => {
    const nowhere = `http://127.0.0.1:${await anyFreePort()}`;
    const options = { dashboards, prometheusUrl: nowhere, scrapeS: 1 };
    const lost = await DashboardServer.listen(options, 0);
    const text = await (await fetch(`${lost.url}/fleet`)).text();
    await lost.close();
    expect(text.match(/data-state="refused"/g)).toHaveLength(dashboardOf('fleet').panels.length);
    expect(text).toContain('Prometheus does not answer');
  });

  const dashboardOf = (wanted: string): GrafanaDashboard =>
    dashboards.find(({ name }) => name === wanted)!;

  describeInBrowser(`in a browser${browserNote}`, () => {
    it('shows every panel: its lines within their chart, or that there is no data', async () => {
      browser = await Browser.open(WIDTH, HEIGHT);
      const drawn: string[] = [];
      for (const { name, panels } of dashboards) {
        await browser.show(`${server.url}/${name}?range=5m`);
        const shown = await browser.evaluate<ShownPanel[]>(LOOK);
        if (PICTURES !== undefined) {
          mkdirSync(PICTURES, { recursive: true });
          writeFileSync(join(PICTURES, `${name}.png`), await browser.screenshot());
        }
        expect(shown.map(({ title }) => title)).toEqual(panels.map(({ title }) => title));
        for (const panel of shown) {
          expect([panel.title, panel.isOverflowing]).toEqual([panel.title, false]);
          expect(panel.says.includes('No data')).toBe(panel.series === 0);
          expect(panel.legends).toBe(panel.series);
          if (panel.series > 0) {
            drawn.push(`${name}: ${panel.title}`);
            expect([panel.title, panel.drawn >= panel.series]).toEqual([panel.title, true]);
          }
        }
      }
      const all = dashboards.flatMap(({ panels }) => panels).length;
      expect(drawn.length).toBeGreaterThan(all * DRAWN_SHARE);
      for (const certain of ['fleet: Replicas', 'http: Requests', 'shop: Checkouts']) {
        expect(drawn).toContain(certain);
      }
      process.stdout.write(`\n${drawn.length} of ${all} panels had data\n`);
    }, 720_000);
  });
});
