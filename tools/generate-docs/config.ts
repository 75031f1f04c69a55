import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { renderConfigurationDocument, renderEnvExample } from '#libs/config';

// Writes the documents that follow from the configuration table; `--check` only compares and
// exits with 1 when a file on disk differs. Run it from the root of the repository.
const markdown = 'docs/configuration.md';
const style = await resolveConfig(markdown);
const documents = new Map([
  // Formatted here, so that the document and the format check never disagree.
  [markdown, await format(renderConfigurationDocument(), { ...style, filepath: markdown })],
  ['.env.example', renderEnvExample()],
]);

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // a missing document counts as different
  }
}

const outdated = [...documents].filter(([path, text]) => readIfPresent(path) !== text);
if (process.argv.includes('--check')) {
  for (const [path] of outdated) {
    console.error(`${path} is out of date; run: node dist/tools/generate-docs/config.js`);
  }
  process.exitCode = outdated.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of outdated) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
}
