const bundles = 'test/e2e/bundles.e2e-spec.ts';
const traces = 'libs/observability/src/source-traces.spec.ts';

export const mutants = [
  {
    name: 'bundles: threads are left where they were compiled',
    promise: 'tools/bundle.mjs: one file for each role, and one for each kind of thread',
    file: 'tools/bundle.mjs',
    replace: [['entryPoints: { ...roles(), ...threads() }', 'entryPoints: roles()']],
    suites: [bundles],
    needsBuild: true,
  },
  {
    name: 'bundles: packages are found one by one at each start',
    promise: 'tools/bundle.mjs: LEFT_OUT',
    file: 'tools/bundle.mjs',
    replace: [['external: LEFT_OUT,\n  plugins: [changedPackages],', "packages: 'external',"]],
    suites: [bundles],
    needsBuild: true,
  },
  {
    name: 'bundles: what connects TypeORM with the framework loads another one',
    promise: 'changedPackages: would load another TypeORM beside the one in the bundle',
    file: 'tools/lib/changed-packages.mjs',
    replace: [
      [
        "import.meta.url);',\n    written: '',",
        "import.meta.url);',\n    written: 'const require = createRequire(import.meta.url);',",
      ],
    ],
    suites: [bundles],
    needsBuild: true,
  },
  {
    name: 'bundles: drivers of databases that no replica has are read at each start',
    promise: 'changedPackages: files that a replica has no use for',
    file: 'tools/lib/changed-packages.mjs',
    replace: [['oracle|postgres|', '']],
    suites: [bundles],
    needsBuild: true,
  },
  {
    name: 'bundles: a map has the lines of packages, too',
    promise: 'keepOwnLines: leaves packages out of a map',
    file: 'tools/bundle.mjs',
    replace: [[String.raw`/^(?:\.\.\/)+(?:apps|libs)\//.test(source)`, 'true']],
    suites: [bundles],
    needsBuild: true,
  },
  {
    name: 'logs: errors are told by the lines of the bundle',
    promise: 'traceOfSources: the trace of an error with the lines of the sources',
    file: 'libs/observability/src/logger.ts',
    replace: [['serializers: { err: tracedError, stack: tracedStack },', '']],
    suites: [traces],
  },
  {
    name: 'logs: a map that cannot be read takes the line of the log with it',
    promise: 'readMap: a log is written without it as well',
    file: 'libs/observability/src/source-traces.ts',
    replace: [['  } catch {\n    return undefined;', '  } catch (error) {\n    throw error;']],
    suites: [traces],
  },
  {
    name: 'bundles: a map tells where in a line something stands',
    promise: 'keepOwnLines: leaves out of a map what a replica has no use for',
    file: 'tools/bundle.mjs',
    replace: [['if (kept[1] === last[1] && kept[2] === last[2]) return [];', '']],
    suites: [bundles],
    needsBuild: true,
  },
];
