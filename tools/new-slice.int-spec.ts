import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProjectCopy } from '../test/support/project-copy.js';

/** On however busy a machine. */
const LIMIT_MS = 10 * 60_000;

// That the slice also builds, and passes its tests and those of the whole, is for `npm run test:new-slice`.
describe('npm run new:slice', () => {
  let copy: ProjectCopy;

  beforeAll(async () => {
    copy = await ProjectCopy.make();
  }, LIMIT_MS);
  afterAll(() => copy.remove(), LIMIT_MS);

  it('refuses names that are none or mean something else, and a slice that exists', async () => {
    const newSlice = (...args: string[]) => copy.tryNode('tools/new-slice.mjs', ...args);
    for (const names of [
      [],
      ['pricing'],
      ['Gift', '--entity', 'Gift'],
      ['a', 'b', '--entity', 'A'],
    ]) {
      expect(await newSlice(...names)).toMatchObject({
        code: 1,
        output: expect.stringContaining('usage: npm run new:slice'),
      });
    }
    expect(await newSlice('groups', '--entity', 'Group')).toMatchObject({
      code: 1,
      output: expect.stringContaining('means something else'),
    });
    expect(await newSlice('stores', '--entity', 'Shop')).toMatchObject({
      code: 1,
      output: expect.stringContaining('exists already'),
    });
  });

  it(
    'writes what is formatted, keeps the rules and the boundaries, and compiles, without an edit',
    async () => {
      const printed = await copy.node('tools/new-slice.mjs', 'gift-cards', '--entity', 'GiftCard');
      const written = [...printed.matchAll(/^wrote (.+)$/gm)].map(([, file = '']) => file);
      expect(written).toContain('libs/gift-cards/src/storefront/gift-card.reader.ts');
      expect(written.filter((file) => file.endsWith('spec.ts'))).toHaveLength(3);
      await copy.npx('prettier', '--check', ...written);
      await copy.npx('oxlint', '--type-aware', '--type-check', ...written);
      // From each of them on: what else there is imports nothing that it did not before.
      const sources = written.filter((file) => file.endsWith('.ts'));
      await copy.npx('depcruise', '--config', '.dependency-cruiser.cjs', ...sources);
    },
    LIMIT_MS,
  );
});
