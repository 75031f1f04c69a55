import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './run.mjs';

/** The compiler's own record of what it has written. */
export const buildInfo = join(projectRoot, 'dist', '.tsbuildinfo');
/** What the bundles of `dist/replicas` were made of. */
export const bundledRecordFile = join(projectRoot, 'dist', 'replicas', '.compiled');

/** Changes with what any build (`npm run build`, `npm run dev`, `nest build`) has compiled into `dist/`. */
export function compilerRecord() {
  if (!existsSync(buildInfo)) return 'none\n';
  return `${createHash('sha256').update(readFileSync(buildInfo)).digest('hex')}\n`;
}
