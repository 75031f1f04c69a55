import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { configDocuments } from './config.js';
import { errorsDocument } from './errors.js';
import { openApiDocuments } from './openapi.js';

// Writes the documents that follow from the code; with `--check` only compares, and exits with 1 when a file
// on disk differs. Run it from the root of the repository.
const documents = [
  ...(await configDocuments()),
  await errorsDocument(),
  ...(await openApiDocuments()),
];

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // a missing document counts as different
  }
}

const outdated = documents.filter(({ path, text }) => readIfPresent(path) !== text);
if (process.argv.includes('--check')) {
  for (const { path } of outdated) {
    console.error(`${path} does not match the code; run: npm run documents`);
  }
  process.exitCode = outdated.length === 0 ? 0 : 1;
} else {
  for (const { path, text } of outdated) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
}
