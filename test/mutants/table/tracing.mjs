const traces = 'libs/observability/src/tracing/tracing.int-spec.ts';
const requests = 'libs/http/src/server/trace-requests.int-spec.ts';
const mails = 'test/e2e/order-mail.e2e-spec.ts';
const engine = 'libs/observability/src/tracing/open-telemetry.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'dashboards: a panel reads a series that no replica has',
    promise: 'docs/operations.md: test/container fails for a series or a label that no replica has',
    file: 'tools/dashboards/fleet-dashboards.ts',
    replace: [["'nodejs_eventloop_lag_p99_seconds'", "'nodejs_eventloop_lag_p99'"]],
    suites: ['test/container/dashboards.spec.ts'],
  },
  {
    name: 'dashboards: a panel keeps apart by a label that its series lack',
    promise: 'docs/operations.md: test/container fails for a series or a label that no replica has',
    file: 'test/support/declared-metrics.ts',
    replace: [['if (!isThere) problems', 'if (isThere && !isThere) problems']],
    suites: ['test/container/dashboards.spec.ts'],
  },
  {
    name: 'tracing: spans are held without a bound while the collector hangs',
    promise: 'SpanQueue: holds no more than maxSpans, and counts what it drops',
    file: 'libs/observability/src/tracing/span-queue.ts',
    replace: [['this.held >= this.options.maxSpans', 'this.held < 0']],
    suites: [traces],
  },
  {
    name: 'tracing: a stop waits for a collector that hangs',
    promise: 'TraceEngine.stop: within a bound, never rejects',
    file: engine,
    replace: [["withDeadline(stopped, STOP_MS, 'sending the last spans')", 'stopped']],
    suites: [traces],
  },
  {
    name: 'tracing: the text of an error is in the trace',
    promise: 'Trace.fail: only the kind of an error is told',
    file: engine,
    replace: [['error.name :', 'error.message :']],
    suites: [traces],
  },
  {
    name: 'tracing: what has ended goes on with steps',
    promise: 'SpanTrace.isRecorded: false once it has ended',
    file: engine,
    replace: [
      [
        '  get isRecorded(): boolean {\n    return this.span.isRecording();',
        '  get isRecorded(): boolean {\n    return (this.span.spanContext().traceFlags & 1) === 1;',
      ],
    ],
    suites: [traces],
  },
  {
    name: 'tracing: a stranger decides which traces are recorded',
    promise: 'TRACE_CONTINUE: otherwise each request begins a trace of its own',
    file: 'libs/http/src/server/trace-requests.ts',
    replace: [
      [
        '...(continuesCallers ? { continues: given } : { mentions: given }),',
        'continues: given,\n    ...(continuesCallers && {}),',
      ],
    ],
    suites: [requests],
  },
  {
    name: 'tracing: the baggage of a stranger carries a position',
    promise: 'readBaggage: of a trusted caller only',
    file: 'libs/http/src/server/trace-requests.ts',
    replace: [['!tracing.isOn || !config.continuesCallers', '!tracing.isOn']],
    suites: [requests],
  },
  {
    name: 'tracing: the address of a request is in its trace',
    promise: 'traceRequests: of the address only the template of the route is told',
    file: 'libs/http/src/server/trace-requests.ts',
    replace: [["'http.route': route,", "'http.route': request.url,"]],
    suites: [requests],
  },
  {
    name: 'tracing: a job begins a trace of its own',
    promise: 'ADR 0030: the job row carries the trace',
    file: 'libs/database/src/unit-of-work/pending-transaction.ts',
    replace: [
      ['currentTrace()?.traceparent ?? null', 'currentTrace() === undefined ? null : null'],
    ],
    needsBuild: true,
    suites: [mails],
  },
];
