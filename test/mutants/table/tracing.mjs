const traces = 'libs/observability/src/tracing/tracing.int-spec.ts';
const requests = 'libs/http/src/server/trace-requests.int-spec.ts';
const orders = 'test/e2e/order-trace.e2e-spec.ts';
const carried = ['libs/push/src/sockets/carried-trace.spec.ts'];
const watches = ['libs/push/src/live/live-watches.spec.ts'];
const engine = 'libs/observability/src/tracing/open-telemetry.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
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
    suites: [orders],
  },
  {
    name: 'tracing: the trace of a push stays at the replica that pushes',
    promise: 'ADR 0048: the trace travels as one more room of the message',
    file: 'libs/push/src/sockets/push-server.ts',
    replace: [
      [
        'return trace === undefined ? [...rooms] : [...rooms, trace];',
        'return trace === undefined ? [...rooms] : [...rooms];',
      ],
    ],
    needsBuild: true,
    suites: [orders],
  },
  {
    name: 'tracing: touches are sent without their trace',
    promise: 'ADR 0048: touches are sent by trace',
    file: 'libs/push/src/notifications/touch.publisher.ts',
    replace: [['traceRoom() ?? UNTRACED', '(traceRoom(), UNTRACED)']],
    needsBuild: true,
    suites: [orders],
  },
  {
    name: 'tracing: a push of a trace that nobody records carries it',
    promise: 'traceRoom: undefined where none is recorded',
    file: 'libs/push/src/sockets/carried-trace.ts',
    replace: [['trace?.isRecorded === true ?', 'trace !== undefined ?']],
    suites: carried,
  },
  {
    name: 'tracing: every client that is told makes a step',
    promise: 'deliveryNote: notes, once',
    file: 'libs/push/src/sockets/carried-trace.ts',
    replace: [['    isNoted = true;\n', '']],
    suites: carried,
  },
  {
    name: 'tracing: what is carried is looked at where nothing is traced',
    promise: 'deliveryNote: undefined where there is nothing to be noted',
    file: 'libs/push/src/sockets/carried-trace.ts',
    replace: [['  if (!tracing.isOn) return undefined;\n', '']],
    suites: carried,
  },
  {
    name: 'tracing: a touch that tells nobody anything is in its trace',
    promise: 'LiveWatches: with what to call when a client is told',
    file: 'libs/push/src/live/live-watches.ts',
    replace: [['if (!this.due.has(watch)) watch.noteDelivery = undefined;', '']],
    suites: watches,
  },
  {
    name: 'tracing: a touch that comes during a look is forgotten',
    promise: 'LiveWatches.tell: touched again meanwhile is still to be looked at',
    file: 'libs/push/src/live/live-watches.ts',
    replace: [['if (!this.due.has(watch)) watch', 'watch']],
    suites: watches,
  },
];
