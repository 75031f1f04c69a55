import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ProjectCopy } from '../support/project-copy.js';

const LIMIT_MS = 30 * 60_000;
let copy: ProjectCopy;

beforeAll(async () => {
  copy = await ProjectCopy.make();
}, LIMIT_MS);
afterAll(() => copy.remove(), LIMIT_MS);

it(
  'npm run new:slice makes a slice that passes every check, the build, its tests and its routes',
  async () => {
    await copy.node('tools/new-slice.mjs', 'gift-cards', '--entity', 'GiftCard');
    // What `npm run check` runs, with the specs that are new.
    await copy.npx('prettier', '--check', '.');
    await copy.npx('oxlint', '--type-aware');
    await copy.npx('tsc', '--noEmit');
    const folders = ['apps', 'libs', 'tools', 'test'];
    await copy.npx('depcruise', '--config', '.dependency-cruiser.cjs', ...folders);
    await copy.npx('knip');
    await copy.npx('nest', 'build');
    await copy.node('tools/bundle.mjs');
    const tested = await copy.node(
      'node_modules/jest/bin/jest.js',
      ...['--selectProjects', 'unit', 'rules', 'integration', 'e2e', '-w', '1'],
      ...['gift-card', 'libs/slice/test', 'apps/[a-z]*/src/[a-z]*-graph'],
    );
    expect(tested).toContain('8 passed, 8 total');
  },
  LIMIT_MS,
);
