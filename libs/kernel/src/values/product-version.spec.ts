import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { PRODUCT_VERSION } from './product-version.js';

it('is the version of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(PRODUCT_VERSION).toBe(version);
});
