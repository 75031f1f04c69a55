// Jest's globalSetup: a folder for what the suites of one run share, see libs/testing/src/sqlite-template.ts.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bundlePackages from './packages/bundle-packages.mjs';

export default async function openRunFolder() {
  await bundlePackages();
  process.env.LOCKSTEP_TEST_RUN ??= mkdtempSync(join(tmpdir(), 'lockstep-run-'));
}
