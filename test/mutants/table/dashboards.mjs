const files = ['test/container/dashboards.spec.ts'];
const client = 'tools/dashboards/page/prometheus-client.ts';
const clientSuites = ['tools/dashboards/page/prometheus-client.int-spec.ts'];
const page = ['tools/dashboards/page/draw-panel.spec.ts'];

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'dashboards: a panel reads a series that no replica has',
    promise: 'docs/operations.md: test/container fails for a series or a label that no replica has',
    file: 'tools/dashboards/fleet-dashboards.ts',
    replace: [["'nodejs_eventloop_lag_p99_seconds'", "'nodejs_eventloop_lag_p99'"]],
    suites: files,
  },
  {
    name: 'dashboards: a panel keeps apart by a label that its series lack',
    promise: 'docs/operations.md: test/container fails for a series or a label that no replica has',
    file: 'test/support/declared-metrics.ts',
    replace: [['if (!isThere) problems', 'if (isThere && !isThere) problems']],
    suites: files,
  },
  {
    name: 'dashboards: a line is drawn over a time without data',
    promise: 'chartSvg: a step that is missing is a gap',
    file: 'tools/dashboards/page/chart-svg.ts',
    replace: [['const GAP_STEPS = 1.5;', 'const GAP_STEPS = Infinity;']],
    suites: page,
  },
  {
    name: 'dashboards: a label of Prometheus is markup of the page',
    promise: 'escapeHtml: text that may stand in an element',
    file: 'libs/kernel/src/text/escape-html.ts',
    replace: [["\n    .replaceAll('<', '&lt;')", '']],
    suites: [...page, 'libs/mail/src/model/letter.spec.ts'],
  },
  {
    name: 'dashboards: an address that is none ends the server',
    promise: 'DashboardServer: what no page has is not found',
    file: 'tools/dashboards/page/dashboard-server.ts',
    replace: [["URL.parse(path, 'http://127.0.0.1')", "new URL(path, 'http://127.0.0.1')"]],
    suites: ['tools/dashboards/page/dashboard-server.int-spec.ts'],
  },
  {
    name: 'dashboards: a folder without dashboards ends in a stack trace',
    promise: 'readDashboards: UsageError for a folder without any',
    file: 'tools/dashboards/page/grafana-dashboard.ts',
    replace: [['throw new UsageError(`no dashboards', 'throw new Error(`no dashboards']],
    suites: ['tools/dashboards/serve.int-spec.ts'],
  },
  {
    name: 'dashboards: the path of a Prometheus is left out',
    promise: 'PrometheusClient: where its routes begin, below a path too',
    file: client,
    replace: [["${this.endpoint.pathname.replace(/\\/+$/, '')}", '']],
    suites: clientSuites,
  },
  {
    name: 'dashboards: an answer is read however large it is',
    promise: 'PrometheusClient: reads no more than a page can show',
    file: client,
    replace: [['16 * 1024 ** 2', 'Infinity']],
    suites: clientSuites,
  },
  {
    name: 'dashboards: a value that is nearly nothing has endless steps',
    promise: 'axisSteps: at most six',
    file: 'tools/dashboards/page/axis-steps.ts',
    replace: [['max > Number.MIN_VALUE * 1e20', 'max > 0']],
    suites: page,
  },
  {
    name: 'dashboards: a chosen replica is a pattern',
    promise: 'panelQuery: chosen values are texts, not patterns',
    file: 'tools/dashboards/page/panel-query.ts',
    replace: [['String.raw`\\$&`', "'$&'"]],
    suites: page,
  },
  {
    name: 'dashboards: what Prometheus refuses looks like no data',
    promise: 'drawPanel: refused',
    file: 'tools/dashboards/page/draw-panel.ts',
    replace: [["refusals.length > 0 ? 'refused' : ", '']],
    suites: page,
  },
];
