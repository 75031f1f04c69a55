const boundaries = 'tools/boundaries.int-spec.ts';
const nodeRuntime = 'tools/lib/node-runtime.int-spec.ts';
const documents = 'tools/generate-docs/generated-documents.int-spec.ts';
const report = 'tools/lib/jest-report.int-spec.ts';
const ports = 'tools/fleet/fleet-ports.int-spec.ts';
const lines = 'tools/fleet/log-line.spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'tools: an old Node is taken',
    promise: 'isSupported: whether a Node of this version can run Lockstep',
    file: 'tools/lib/node-runtime.mjs',
    replace: [['const LEAST_MAJOR = 24;', 'const LEAST_MAJOR = 22;']],
    suites: [nodeRuntime],
  },
  {
    name: 'tools: versions are compared as texts',
    promise: 'isSupported: whether a Node of this version can run Lockstep',
    file: 'tools/lib/node-runtime.mjs',
    replace: [
      [
        "Number(version.split('.')[0]) >= LEAST_MAJOR",
        "version.split('.')[0] >= String(LEAST_MAJOR)",
      ],
    ],
    suites: [nodeRuntime],
  },
  {
    name: 'tools: a package for a machine that has none',
    promise: 'nodePackageOf: undefined where there is none',
    file: 'tools/lib/node-runtime.mjs',
    replace: [
      [
        'return PACKAGES[`${platform} ${arch}`];',
        'return PACKAGES[`${platform} ${arch}`] ?? `node-${platform}-${arch}`;',
      ],
    ],
    suites: [nodeRuntime],
  },
  {
    name: 'tools: the image has another Node',
    promise: '.node-version: the one place that states it',
    file: 'docker/Dockerfile',
    replace: [['ARG NODE_IMAGE_TAG=24.', 'ARG NODE_IMAGE_TAG=23.']],
    suites: [nodeRuntime],
  },
  {
    name: 'tools: two tables share a code',
    promise: 'docs/errors.md: the codes are unique',
    file: 'tools/generate-docs/error-tables.ts',
    replace: [['    problems.push(`the code ${code} is used twice`);\n', '']],
    suites: [documents],
  },
  {
    name: 'tools: a table of errors is behind no door',
    promise: 'readErrorTables: throws for tables that no door exports',
    file: 'tools/generate-docs/error-tables.ts',
    replace: [
      [
        '      else problems.push(`export ${name} through a door of ${join(libsFolder, library)}`);\n',
        '',
      ],
    ],
    suites: [documents],
  },
  {
    name: 'tools: a suite that did not run has not failed',
    promise: 'readJestReport: failed counts suites that could not run at all',
    file: 'tools/lib/jest-report.mjs',
    replace: [['      ...broken,\n', '']],
    suites: [report],
  },
  {
    name: 'tools: a failed test is not named',
    promise: 'readJestReport: counts and names',
    file: 'tools/lib/jest-report.mjs',
    replace: [
      [
        '...tests.filter(isFailed).map((test) => ({',
        '...tests.filter(() => false).map((test) => ({',
      ],
    ],
    suites: [report],
  },
  {
    name: 'tools: a skipped test has no reason',
    promise: 'readJestReport: skipped carries the reason',
    file: 'tools/lib/jest-report.mjs',
    replace: [['return inName?.groups.reason ?? ', 'return ']],
    suites: [report],
  },
  {
    name: 'tools: two processes get one port',
    promise: 'FleetPorts: every process another port',
    file: 'tools/fleet/fleet-ports.ts',
    replace: [
      [
        'if (port === undefined || [...this.handedOut.values()].includes(port)) continue;',
        'if (port === undefined) continue;',
      ],
    ],
    suites: [ports],
  },
  {
    name: 'tools: ports are not remembered',
    promise: 'FleetPorts: the next start has the same addresses',
    file: 'tools/fleet/fleet-ports.ts',
    replace: [['        this.remember(slot, port);\n', '']],
    suites: [ports],
  },
  {
    name: 'tools: a port that is taken is handed out',
    promise: 'FleetPorts: moves on when somebody else listens there',
    file: 'tools/fleet/fleet-ports.ts',
    replace: [['if (await isPortFree(port)) {', 'if (port > 0) {']],
    suites: [ports],
  },
  {
    name: 'tools: a damaged memory of ports stops the start',
    promise: 'FleetPorts: a damaged memory costs the old addresses, nothing else',
    file: 'tools/fleet/fleet-ports.ts',
    replace: [['  } catch {\n', '  } catch (error) {\n    throw error;\n']],
    suites: [ports],
  },
  {
    name: 'tools: a broken line is not alarming',
    promise: 'readLogLine: a line that is none is alarming',
    file: 'tools/fleet/log-line.ts',
    replace: [["isAlarming: line.trim() !== ''", 'isAlarming: false']],
    suites: [lines],
  },
  {
    name: 'tools: half a line ends the supervisor',
    promise: 'readLogLine: never throws',
    file: 'tools/fleet/log-line.ts',
    replace: [
      [
        '    // Half a line of a process that was killed.\n    return undefined;',
        "    throw new Error('half a line');",
      ],
    ],
    suites: [lines],
  },
  {
    name: 'tools: a field of a line is endless',
    promise: 'readLogLine: what fits on a line',
    file: 'tools/fleet/log-line.ts',
    replace: [['text.length > LONGEST_FIELD', 'text.length < 0']],
    suites: [lines],
    isQuick: true,
  },
  {
    name: 'tools: a file may have four hundred lines',
    promise: '.oxlintrc.json: max-lines',
    file: '.oxlintrc.json',
    replace: [['{ "max": 300 }', '{ "max": 400 }']],
    suites: [boundaries],
  },
  {
    name: 'tools: a library may be in no room',
    promise: 'librariesOnDisk: throws for files that no rule would bind',
    file: 'tools/lib/libraries-on-disk.cjs',
    replace: [
      [
        '    .filter((entry) => !/^(model',
        '    .filter((entry) => entry === undefined && !/^(model',
      ],
    ],
    suites: [boundaries],
  },
  {
    name: 'tools: BullMQ may be used anywhere',
    promise: '.dependency-cruiser.cjs: bullmq-in-jobs',
    file: '.dependency-cruiser.cjs',
    replace: [["['bullmq']", "['no-bullmq']"]],
    suites: [boundaries],
  },
  {
    name: 'tools: ioredis may be used anywhere',
    promise: '.dependency-cruiser.cjs: ioredis-in-redis',
    file: '.dependency-cruiser.cjs',
    replace: [["['ioredis']", "['no-ioredis']"]],
    suites: [boundaries],
  },
  {
    name: 'tools: TypeORM may be used anywhere',
    promise: '.dependency-cruiser.cjs: typeorm-in-repositories',
    file: '.dependency-cruiser.cjs',
    replace: [["['typeorm', '@nestjs/typeorm']", "['@nestjs/typeorm']"]],
    suites: [boundaries],
  },
  {
    name: 'tools: mssql may be used anywhere',
    promise: '.dependency-cruiser.cjs: database-drivers-in-database',
    file: '.dependency-cruiser.cjs',
    replace: [["'better-sqlite3', 'mssql', 'tedious'", "'better-sqlite3', 'tedious'"]],
    suites: [boundaries],
  },
  {
    name: 'tools: Socket.IO may be used anywhere',
    promise: '.dependency-cruiser.cjs: socket-io-in-push',
    file: '.dependency-cruiser.cjs',
    replace: [["['socket\\\\.io', ", '[']],
    suites: [boundaries],
  },
  {
    name: 'tools: the platform of Socket.IO may be used anywhere',
    promise: '.dependency-cruiser.cjs: socket-io-in-push',
    file: '.dependency-cruiser.cjs',
    replace: [[", '@nestjs/platform-socket\\\\.io']", ']']],
    suites: [boundaries],
  },
  {
    name: 'tools: better-sqlite3 may be used anywhere',
    promise: '.dependency-cruiser.cjs: database-drivers-in-database',
    file: '.dependency-cruiser.cjs',
    replace: [["'better-sqlite3', 'mssql', 'tedious'", "'mssql', 'tedious'"]],
    suites: [boundaries],
  },
  {
    name: 'tools: tedious may be used anywhere',
    promise: '.dependency-cruiser.cjs: database-drivers-in-database',
    file: '.dependency-cruiser.cjs',
    replace: [["'better-sqlite3', 'mssql', 'tedious'", "'better-sqlite3', 'mssql'"]],
    suites: [boundaries],
  },
  {
    name: 'tools: the adapter of Socket.IO may be used anywhere',
    promise: '.dependency-cruiser.cjs: socket-io-in-push',
    file: '.dependency-cruiser.cjs',
    replace: [[", '@socket\\\\.io', '@nestjs/websockets'", ", '@nestjs/websockets'"]],
    suites: [boundaries],
  },
  {
    name: 'tools: gateways may be made anywhere',
    promise: '.dependency-cruiser.cjs: socket-io-in-push',
    file: '.dependency-cruiser.cjs',
    replace: [["'@nestjs/websockets', ", '']],
    suites: [boundaries],
  },
  {
    name: 'tools: the module of TypeORM may be used anywhere',
    promise: '.dependency-cruiser.cjs: typeorm-in-repositories',
    file: '.dependency-cruiser.cjs',
    replace: [["['typeorm', '@nestjs/typeorm']", "['typeorm']"]],
    suites: [boundaries],
  },
  {
    name: 'tools: the environment is read anywhere',
    promise: '.oxlintrc.json: read in libs/config only',
    file: '.oxlintrc.json',
    replace: [['"node/no-process-env": "error"', '"node/no-process-env": "off"']],
    suites: [boundaries],
  },
  {
    name: 'tools: documents --check always succeeds',
    promise: 'tools/generate-docs/main.ts: with --check exits with 1 when a file differs',
    file: 'tools/generate-docs/settle-documents.ts',
    replace: [['return isCheck && outdated.length > 0 ? 1 : 0;', 'return 0;']],
    suites: ['tools/generate-docs/settle-documents.int-spec.ts'],
  },
  {
    name: 'tools: documents --check writes',
    promise: 'tools/generate-docs/main.ts: with --check only compares',
    file: 'tools/generate-docs/settle-documents.ts',
    replace: [['      continue;\n', '']],
    suites: ['tools/generate-docs/settle-documents.int-spec.ts'],
  },
  {
    name: 'tools: the next step starts while all are ended',
    promise: 'runGroup: once endGroups was called nothing starts any more',
    file: 'tools/lib/process-group.mjs',
    replace: [['    if (isEnding) return;\n', '']],
    suites: ['tools/lib/process-group.int-spec.ts'],
  },
  {
    name: 'tools: every failure runs again after a standstill',
    promise: 'suitesThatFailedIn: those that ran in one of the spans',
    file: 'tools/lib/jest-report.mjs',
    replace: [['startTime <= toMs && endTime >= fromMs', 'toMs >= fromMs']],
    suites: ['tools/lib/jest-report.int-spec.ts'],
  },
  {
    name: 'tools: a busy moment is a standstill',
    promise: 'Standstills: this process was not run at all for a while',
    file: 'tools/lib/standstills.mjs',
    replace: [['nowMs - lastMs > longerThanMs', 'nowMs > lastMs']],
    suites: ['tools/lib/standstills.int-spec.ts'],
  },
  {
    name: 'tools: the demo shop cannot be left out',
    promise: 'docs/operations.md: LOCKSTEP_DEMO_SHOP=off leaves the demo shop out',
    file: 'tools/seed.ts',
    replace: [["return value === 'on';", "return value !== '';"]],
    suites: ['test/e2e/first-staff-user.e2e-spec.ts'],
    needsBuild: true,
  },
];
