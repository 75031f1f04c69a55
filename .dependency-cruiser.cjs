// The boundaries of the code base, checked by `npm run boundaries`. Each rule says in its comment what to do instead.
// tools/boundaries.int-spec.ts plants a breach of every rule and expects it to be found.

const { librariesOnDisk } = require('./tools/lib/libraries-on-disk.cjs');

/** Libraries without business meaning: each may import only what stands before it. */
const platformOrder = [
  'kernel',
  'product-csv',
  'config',
  'observability',
  'credentials',
  'redis',
  'database',
  'cache',
  'cdn',
  'jobs',
  'fleet',
  'push',
  'limits',
  'http',
  'slice',
];

const domain = librariesOnDisk(__dirname, platformOrder);

const tests =
  '\\.(spec|int-spec|e2e-spec|scale-spec|load-spec)\\.ts$|^test/|^libs/[^/]+/test/|^libs/testing/';
const packages = (...names) => `^node_modules/(${names.join('|')})(/|$)`;

const orderRules = platformOrder.map((library, position) => ({
  name: `platform-order-${library}`,
  comment: `${library} comes before what it imports here. Move the code that needs both to the later library, or let the earlier one declare a port.`,
  severity: 'error',
  from: { path: `^libs/${library}/`, pathNot: tests },
  to: { path: anyOf([...platformOrder.slice(position + 1), ...domain.keys()]) },
}));

const edgeRules = [...domain].map(([library, uses]) => ({
  name: `edges-of-${library}`,
  comment: `${library} does not declare that it uses this library: name it in libs/${library}/library.json when the map of the domain allows the edge, or let ${library} declare a port that the other implements.`,
  severity: 'error',
  from: { path: `^libs/${library}/`, pathNot: tests },
  to: {
    path: anyOf([...domain.keys()].filter((name) => name !== library && !uses.includes(name))),
  },
}));

function anyOf(names) {
  return `^libs/(${names.join('|') || '-'})/`;
}

/** Packages that one place owns, so that it can be replaced, bounded and tested in one place. */
const owner = (name, owned, allowed, instead) => ({
  name,
  comment: instead,
  severity: 'error',
  from: { path: '^(apps|libs|tools)/', pathNot: [allowed, tests] },
  to: { path: packages(...owned) },
});

module.exports = {
  forbidden: [
    ...orderRules,
    ...edgeRules,
    {
      name: 'libraries-know-no-application',
      comment: 'A library does not know the applications that are composed of it.',
      severity: 'error',
      from: { path: '^libs/', pathNot: tests },
      to: { path: '^apps/' },
    },
    {
      name: 'doors-only',
      comment:
        'Another library is entered through #libs/<name> or #authoring/<name>; export there what is needed.',
      severity: 'error',
      from: { path: '^(?:libs/([^/]+)/|apps/|tools/)', pathNot: tests },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/(index|authoring)\\.ts$'] },
    },
    {
      name: 'doors-by-name',
      comment:
        'A door is imported by its name (#libs/<name>), never by a path: only names survive the build.',
      severity: 'error',
      from: { path: '^(?:libs/([^/]+)/|apps/|tools/)', pathNot: tests },
      to: {
        path: '^libs/[^/]+/src/(index|authoring)\\.ts$',
        pathNot: '^libs/$1/',
        dependencyTypesNot: ['aliased-subpath-import'],
      },
    },
    {
      name: 'no-back-office-in-commerce',
      comment:
        'A commerce process contains no back-office code, not even indirectly: keep it behind #authoring/<name>.',
      severity: 'error',
      from: { path: '^apps/commerce/', pathNot: tests },
      to: { path: '^libs/[^/]+/src/authoring(\\.ts$|/)', reachable: true },
    },
    {
      name: 'first-door-stays-light',
      comment:
        'What #libs/<name> exports must not drag the second door in; the dependency goes from authoring to index.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/index\\.ts$' },
      to: { path: '^libs/[^/]+/src/authoring(\\.ts$|/)', reachable: true },
    },
    {
      name: 'rooms-of-a-domain',
      comment:
        'Inside a domain library src/model knows no other room, and src/storefront only the model: move what both rooms need to src/model.',
      severity: 'error',
      from: { path: '^libs/[^/]+/src/(model|storefront)/', pathNot: tests },
      to: { path: '^libs/[^/]+/src/(storefront|authoring)/', pathNot: '^libs/[^/]+/src/$1/' },
    },
    {
      name: 'second-door-of-a-domain',
      comment: 'Domain libraries enter each other through #libs/<name> only.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/', pathNot: tests },
      to: {
        path: `${anyOf([...domain.keys()])}src/authoring\\.ts$`,
        pathNot: '^libs/$1/',
      },
    },
    {
      name: 'no-sql-in-commerce',
      comment:
        'The storefront composes and answers; what reads or writes rows belongs to the slice that owns the table: give its reader or its customer command a method.',
      severity: 'error',
      from: { path: '^apps/commerce/', pathNot: [tests, '\\.module\\.ts$'] },
      to: { path: '^libs/database/' },
    },
    {
      name: 'two-roles',
      comment: 'The roles share libraries, never each other: move what both need to a library.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'pure-kernel',
      comment:
        'The kernel is pure: no framework, no I/O. Put what does either into another library.',
      severity: 'error',
      from: { path: '^libs/kernel/src/', pathNot: tests },
      to: {
        pathNot: ['^libs/kernel/', packages('uuidv7'), '^(node:)?(async_hooks|crypto)$'],
      },
    },
    owner(
      'typeorm-in-repositories',
      ['typeorm', '@nestjs/typeorm'],
      '^libs/database/|\\.(entity|repository)\\.ts$',
      'TypeORM stays in entities, repositories and libs/database; give the repository a method instead.',
    ),
    owner(
      'database-drivers-in-database',
      ['better-sqlite3', 'mssql', 'tedious'],
      '^libs/database/',
      'Drivers are known to libs/database only; use UnitOfWork or SqlReader.',
    ),
    owner(
      'ioredis-in-redis',
      ['ioredis'],
      '^libs/redis/',
      'Connections come from libs/redis, where every wait on Redis is bounded.',
    ),
    owner(
      'bullmq-in-jobs',
      ['bullmq'],
      '^libs/jobs/',
      'Jobs are enqueued with tx.enqueue and handled by a job handler of libs/jobs.',
    ),
    owner(
      'opentelemetry-where-it-is-loaded-late',
      [
        '@opentelemetry/api',
        '@opentelemetry/exporter-trace-otlp-http',
        '@opentelemetry/resources',
        '@opentelemetry/sdk-trace',
      ],
      '^libs/observability/src/tracing/(open-telemetry|span-queue|traceparent)\\.ts$',
      'Steps are named with traced of libs/kernel, and traces begin with Tracing of libs/observability.',
    ),
    {
      name: 'opentelemetry-is-loaded-late',
      comment:
        'A replica that traces nothing does not load OpenTelemetry: import() it where traces are opened.',
      severity: 'error',
      from: { path: '^(apps|libs|tools)/', pathNot: tests },
      to: {
        path: '^libs/observability/src/tracing/open-telemetry\\.ts$',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    owner(
      'stripe-in-payments',
      ['stripe'],
      '^libs/payments/src/model/card/',
      'Payments go through the port PaymentProvider of libs/payments.',
    ),
    owner(
      'nodemailer-in-mail',
      ['nodemailer'],
      '^libs/mail/',
      'Mails are handed over with MailOutbox.add, in the unit of work that they belong to.',
    ),
    owner(
      'socket-io-in-push',
      ['socket\\.io', '@socket\\.io', '@nestjs/websockets', '@nestjs/platform-socket\\.io'],
      '^libs/push/',
      'Events are sent with tx.notify or the publisher of libs/push.',
    ),
    {
      name: 'no-tests-in-production',
      comment: 'Production code does not import test code; move what both need out of it.',
      severity: 'error',
      from: { path: '^(apps|libs|tools)/', pathNot: tests },
      to: { path: `^libs/testing/|${tests}` },
    },
    {
      name: 'no-tools-in-production',
      comment: 'Replicas do not import the tools that start or test them.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: tests },
      to: { path: '^tools/' },
    },
    {
      name: 'no-development-packages',
      comment: 'The image has production dependencies only: move the package to "dependencies".',
      severity: 'error',
      from: { path: '^(apps|libs)/|^tools/[^/]+\\.ts$', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
    {
      name: 'no-cycles',
      comment:
        'Modules that need each other are one module, or lack a third. Type-only imports are free.',
      severity: 'error',
      from: { path: '^(apps|libs|tools)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-missing-modules',
      comment: 'The import resolves to nothing: install the package or mend the path.',
      severity: 'error',
      from: {},
      // The tools start what is built, and this check runs before anything is.
      to: { couldNotResolve: true, pathNot: '^(\\.\\./)+dist/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // The benchmarks are a package of their own, whose dependencies are there only once they have run.
    exclude: { path: '^((dist|coverage|data)/|test/load/bench/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
