import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { GeneratedDocument } from './generated-document.js';

/**
 * Writes the documents whose file on disk differs; with `isCheck` it only names them. Answers the exit
 * code: 1 when a check found one.
 */
export function settleDocuments(documents: readonly GeneratedDocument[], isCheck: boolean): number {
  const outdated = documents.filter(({ path, text }) => readIfPresent(path) !== text);
  for (const { path, text } of outdated) {
    if (isCheck) {
      console.error(`${path} does not match the code; run: npm run documents`);
      continue;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
  return isCheck && outdated.length > 0 ? 1 : 0;
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // a missing document counts as different
  }
}
