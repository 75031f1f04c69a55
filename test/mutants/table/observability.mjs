const health = 'libs/observability/src/health-registry.spec.ts';
const logging = 'libs/observability/src/logger.spec.ts';
const metrics = 'libs/observability/src/metrics.spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'observability: the process exits while its last line is being written',
    promise: 'Logger.end: resolves when standard output has taken every line',
    file: 'libs/observability/src/logger.ts',
    replace: [['      output.end();', '      resolve();']],
    needsBuild: true,
    suites: ['libs/observability/src/logger-end.int-spec.ts'],
  },
  {
    name: 'observability: ready before it serves',
    promise: 'ReplicaPhase: takes traffic only while it is serving',
    file: 'libs/observability/src/health-registry.ts',
    replace: [["this.currentPhase === 'serving' && checked", 'checked']],
    suites: [health],
  },
  {
    name: 'observability: ready while a check fails',
    promise: 'requireReady: while check rejects or hangs, the replica gets no traffic',
    file: 'libs/observability/src/health-registry.ts',
    replace: [
      [
        "this.currentPhase === 'serving' && checked.every(([, { status }]) => status === 'up')",
        "this.currentPhase === 'serving'",
      ],
    ],
    suites: [health],
  },
  {
    name: 'observability: a draining replica serves again',
    promise: 'markDraining: there is no way back',
    file: 'libs/observability/src/health-registry.ts',
    replace: [
      [
        "if (this.currentPhase === 'starting') this.currentPhase = 'serving';",
        "this.currentPhase = 'serving';",
      ],
    ],
    suites: [health],
  },
  {
    name: 'observability: every reader makes its own report',
    promise: 'HealthRegistry: readers at the same time share one',
    file: 'libs/observability/src/health-registry.ts',
    replace: [['this.underWay ??= this.makeReport()', 'this.underWay = this.makeReport()']],
    suites: [health],
  },
  {
    name: 'observability: a check that hangs hangs the report',
    promise: 'HealthRegistry: a report takes at most two seconds',
    file: 'libs/observability/src/health-registry.ts',
    replace: [
      ['await withDeadline(check(), CHECK_TIMEOUT_MS, `the check of ${name}`);', 'await check();'],
    ],
    suites: [health],
  },
  {
    name: 'observability: anybody reads why a check failed',
    promise: 'HealthRegistry: the reason is logged where it arises',
    file: 'libs/observability/src/health-registry.ts',
    replace: [
      ['  } catch {\n', '  } catch (error) {\n'],
      ["return { status: 'down' };", "return { status: 'down', reason: String(error) };"],
    ],
    suites: [health],
  },
  {
    name: 'observability: a degraded replica is not ready',
    promise: 'HealthRegistry: a degraded indicator never makes a replica unready',
    file: 'libs/observability/src/health-registry.ts',
    replace: [
      ["status: isDegraded ? 'degraded' : 'up', ...", "status: isDegraded ? raise() : 'up', ..."],
    ],
    suites: [health],
  },
  {
    name: 'observability: a password is logged',
    promise: 'Logger: fields that carry secrets are masked by name',
    file: 'libs/observability/src/redaction.ts',
    replace: [["  'password',\n", '']],
    suites: [logging],
    isQuick: true,
  },
  {
    name: 'observability: a token is logged',
    promise: 'Logger: fields that carry secrets are masked by name',
    file: 'libs/observability/src/redaction.ts',
    replace: [["  'token',\n", '']],
    suites: [logging],
  },
  {
    name: 'observability: only secrets at the top are masked',
    promise: 'redaction: at the top and up to three levels down',
    file: 'libs/observability/src/redaction.ts',
    replace: [["const DEPTHS = ['', '*.', '*.*.', '*.*.*.'];", "const DEPTHS = [''];"]],
    suites: [logging],
  },
  {
    name: 'observability: secrets three levels down are logged',
    promise: 'redaction: at the top and up to three levels down',
    file: 'libs/observability/src/redaction.ts',
    replace: [["'*.*.', '*.*.*.']", "'*.*.']"]],
    suites: [logging],
  },
  {
    name: 'observability: the parameters of a statement are logged',
    promise: 'redaction: drivers attach what was sent to their errors',
    file: 'libs/observability/src/redaction.ts',
    replace: [["  'err.parameters',\n", '']],
    suites: [logging],
  },
  {
    name: 'observability: the password of AUTH is logged',
    promise: 'redaction: drivers attach what was sent to their errors',
    file: 'libs/observability/src/redaction.ts',
    replace: [["  'err.command.args',\n", '']],
    suites: [logging],
  },
  {
    name: 'observability: a cookie that is set is logged',
    promise: 'redaction: secret headers',
    file: 'libs/observability/src/redaction.ts',
    replace: [['\'["set-cookie"]\', ', '']],
    suites: [logging],
  },
  {
    name: 'observability: a line names no request',
    promise: 'Logger: with the request id and the actor under way',
    file: 'libs/observability/src/logger.ts',
    replace: [['      mixin: contextFields,\n', '']],
    suites: [logging],
  },
  {
    name: 'observability: a line names no actor',
    promise: 'Logger: with the request id and the actor under way',
    file: 'libs/observability/src/logger.ts',
    replace: [['return actor === undefined\n', 'return actor !== undefined\n']],
    suites: [logging],
  },
  {
    name: 'observability: a line has a number for a level',
    promise: 'Logger: one JSON line with its level',
    file: 'libs/observability/src/logger.ts',
    replace: [['formatters: { level: (label) => ({ level: label }) },', 'formatters: {},']],
    suites: [logging],
  },
  {
    name: 'observability: Nest announces its modules in production',
    promise: 'NestLogger: of interest while debugging only',
    file: 'libs/observability/src/nest-logger.ts',
    replace: [
      ["if (CHATTY_CONTEXTS.has(String(fields['context'])))", "if (fields['context'] === null)"],
    ],
    suites: [logging],
  },
  {
    name: 'observability: an error of Nest loses its stack',
    promise: 'NestLogger: errors come with a stack',
    file: 'libs/observability/src/nest-logger.ts',
    replace: [['    ...(err === undefined ? {} : { err }),\n', '']],
    suites: [logging],
  },
  {
    name: 'observability: a gauge that fails costs the whole answer',
    promise: 'Metrics.render: a collector that fails costs only its own gauge',
    file: 'libs/observability/src/metrics.ts',
    replace: [['collectFailures.inc(); //', "throw new Error('a gauge failed'); //"]],
    suites: [metrics],
  },
  {
    name: 'observability: a gauge that hangs hangs the answer',
    promise: 'Metrics.render: a collector that hangs costs only its own gauge',
    file: 'libs/observability/src/metrics.ts',
    replace: [
      [
        "await withDeadline(Promise.resolve(collect()), COLLECT_TIMEOUT_MS, 'a gauge');",
        'await collect();',
      ],
    ],
    suites: [metrics],
  },
  {
    name: 'observability: a gauge that failed is not counted',
    promise: 'lockstep_metrics_collect_failures_total',
    file: 'libs/observability/src/metrics.ts',
    replace: [['collectFailures.inc(); //', '//']],
    suites: [metrics],
  },
  {
    name: 'observability: the same definitions are registered twice',
    promise: 'Metrics.register: the same definitions answer the same metrics again',
    file: 'libs/observability/src/metrics.ts',
    replace: [['const known = this.sets.get(definitions);', 'const known = undefined;']],
    suites: [metrics],
  },
  {
    name: 'observability: a series has no role',
    promise: 'Metrics.labelAll: labels on every series of the process',
    file: 'libs/observability/src/metrics.ts',
    replace: [['    this.registry.setDefaultLabels(labels);\n', '']],
    suites: [metrics],
  },
];
