// The steps of `npm test`, in their order. A step with a `script` is that script of package.json; the others run Jest projects.

const testSteps = [
  {
    name: 'format',
    script: 'format',
    onlyReads: true,
    fix: 'npx prettier --write .',
  },
  {
    name: 'lint',
    script: 'lint',
    onlyReads: true,
    fix: 'npx oxlint --fix mends some of it',
  },
  { name: 'types', script: 'types', onlyReads: true },
  {
    name: 'boundaries',
    script: 'boundaries',
    onlyReads: true,
    fix: 'each rule of .dependency-cruiser.cjs says what to do instead',
  },
  {
    name: 'dead-code',
    script: 'dead-code',
    onlyReads: true,
    fix: 'delete what nothing uses, or take the word export away',
  },
  { name: 'unit', projects: ['unit'] },
  {
    name: 'rules',
    projects: ['rules'],
    onlyReads: true,
    fix: 'docs/development.md says which rules there are and what to do instead',
  },
  {
    name: 'mutants',
    script: 'mutants:quick',
    fix: 'npm run mutants -- "<name>" shows one; test/mutants/README.md says what each verdict asks for',
  },
  // Before the suites that start built replicas.
  { name: 'build', build: true },
  {
    name: 'documents',
    script: 'documents:check',
    needsBuild: true,
    fix: 'npm run documents, and commit what it writes',
  },
  // After the documents are known to be those of the code.
  {
    name: 'openapi',
    script: 'openapi',
    fix: 'the rule that is named says what the routes of the document lack; then npm run documents',
  },
  // The ones mostly wait for what they have taken away, the others start whole fleets: together they use two cores well.
  {
    name: 'integration-and-e2e',
    projects: ['integration', 'e2e'],
    workers: 3,
    needsBuild: true,
    needsRedis: true,
  },
  {
    name: 'integration',
    projects: ['integration'],
    workers: 3,
    needsBuild: true,
    needsRedis: true,
    onlyByName: true,
  },
  {
    name: 'e2e',
    projects: ['e2e'],
    workers: 3,
    needsBuild: true,
    needsRedis: true,
    onlyByName: true,
  },
  // Fleets too, and they measure: one suite at a time.
  {
    name: 'scale',
    projects: ['scale'],
    needsBuild: true,
    needsRedis: true,
    inBand: true,
  },
  // Checks, builds and tests a copy of the project: minutes, for a tool that changes seldom.
  {
    name: 'new-slice',
    projects: ['new-slice'],
    needsRedis: true,
    onlyByName: true,
  },
];

/**
 * The steps of these names, in the order of `testSteps`, with the build before those that run built code; without names
 * all but those that run only by their name.
 * Throws for a name that is none.
 */
export function chooseSteps(names) {
  const unknown = names.filter((name) => !testSteps.some((step) => step.name === name));
  if (unknown.length > 0) {
    const known = testSteps.map((step) => step.name).join(' ');
    throw new RangeError(`no step is called ${unknown.join(', ')}; the steps are: ${known}`);
  }
  if (names.length === 0) return testSteps.filter((step) => !step.onlyByName);
  const chosen = testSteps.filter((step) => names.includes(step.name));
  const needsBuild = chosen.some((step) => step.needsBuild);
  return testSteps.filter((step) => chosen.includes(step) || (needsBuild && step.build));
}
