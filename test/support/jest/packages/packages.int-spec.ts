import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';

const require = createRequire(import.meta.url);

describe('the packages that suites load from one file', () => {
  it.each(['@nestjs/common', 'typeorm', 'zod'])(
    'are one %s for import and require',
    async (name) => {
      const imported = (await import(name)) as Record<string, unknown>;
      const required = require(name) as Record<string, unknown>;
      // The default of an import is the whole package, as of any CommonJS.
      const names = Object.keys(required).filter((each) => each !== 'default');
      expect(names.length).toBeGreaterThan(50);
      expect(names.filter((each) => imported[each] !== required[each])).toEqual([]);
    },
  );

  it('are not loaded a second time by a file that is not in the list', async () => {
    const file: string = 'typeorm/driver/Driver.js';
    await expect(import(file)).rejects.toThrow(`jest-packages/${file}.cjs`);
  });
});
