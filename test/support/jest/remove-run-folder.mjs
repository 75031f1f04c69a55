// Jest's globalTeardown.
import { rmSync } from 'node:fs';

export default function removeRunFolder() {
  const folder = process.env.LOCKSTEP_TEST_RUN;
  delete process.env.LOCKSTEP_TEST_RUN;
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
