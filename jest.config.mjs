// Jest in ESM mode; the reasons for what looks odd are in docs/development.md.
const swc = {
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  sourceMaps: true,
};

// Suites with databases of their own share what is costly to make.
const runFolder = {
  globalSetup: '<rootDir>/test/support/jest/open-run-folder.mjs',
  globalTeardown: '<rootDir>/test/support/jest/remove-run-folder.mjs',
};

const shared = {
  globalSetup: '<rootDir>/test/support/jest/packages/bundle-packages.mjs',
  resolver: '<rootDir>/test/support/jest/packages/resolver.mjs',
  testEnvironment: '<rootDir>/test/support/jest/packages/environment.mjs',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.lockstep/'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
};

// Rules that no linter knows: of tables, their rows, and what both roles are made of. `npm run check` runs them.
const rules = ['**/libs/slice/test/*.int-spec.ts', '**/apps/*/src/*-graph.int-spec.ts'];

export default {
  maxWorkers: 2,
  testSequencer: './test/support/jest/fleets-among-others.mjs',
  // What a test waits for it waits for by a condition; this only ends one that hangs, on however busy a machine.
  testTimeout: 180_000,
  // Modules of vm contexts are given back late; a worker that starts anew loads everything anew.
  workerIdleMemoryLimit: '1000MB',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,tools,test}/**/*.spec.ts'],
    },
    { ...shared, ...runFolder, displayName: 'rules', testMatch: rules },
    {
      ...shared,
      ...runFolder,
      displayName: 'integration',
      testMatch: [
        '<rootDir>/{apps,libs,tools,test}/**/*.int-spec.ts',
        ...rules.map((path) => `!${path}`),
      ],
    },
    {
      ...shared,
      ...runFolder,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'],
    },
    // A whole check of a copy; not part of `npm test`, run by `npm run test:new-slice`.
    {
      ...shared,
      displayName: 'new-slice',
      testMatch: ['<rootDir>/test/new-slice/**/*.e2e-spec.ts'],
    },
    // Long and measuring; not part of `npm test`, run by `npm run load`.
    {
      ...shared,
      ...runFolder,
      displayName: 'load',
      testMatch: ['<rootDir>/test/load/**/*.load-spec.ts'],
    },
    {
      ...shared,
      ...runFolder,
      displayName: 'scale',
      testMatch: ['<rootDir>/test/scale/**/*.scale-spec.ts'],
    },
  ],
};
