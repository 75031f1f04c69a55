// `npm run new:slice -- <slice> [<thing>]`: the skeleton of a domain slice in libs/<slice>, its files as every slice names them.
// `--into <folder>` writes it below another folder.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { projectRoot } from './lib/run.mjs';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const templates = join(projectRoot, 'tools', 'new-slice');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { into: { type: 'string', default: join(projectRoot, 'libs') } },
});
const [slice, thing = slice] = positionals;
if (slice === undefined || positionals.length > 2 || !NAME.test(slice) || !NAME.test(thing)) {
  fail(
    'usage: npm run new:slice -- <slice> [<thing>], both kebab-case: npm run new:slice -- pricing price-list',
  );
}
const folder = join(values.into, slice);
if (existsSync(folder)) fail(`${relative(projectRoot, folder)} exists already`);

const words = (name) => name.replaceAll('-', ' ');
const pascal = (name) => name.replaceAll(/(?:^|-)(.)/g, (_, first) => first.toUpperCase());
const camel = (name) => name.replaceAll(/-(.)/g, (_, first) => first.toUpperCase());
const texts = {
  slice,
  Slice: pascal(slice),
  sliceVar: camel(slice),
  thing,
  Thing: pascal(thing),
  thingVar: camel(thing),
  table: thing.replaceAll('-', '_'),
  words: words(thing),
  Words: words(thing).replace(/^./, (first) => first.toUpperCase()),
};

mkdirSync(join(folder, 'src'), { recursive: true });
for (const template of readdirSync(templates).toSorted()) {
  const name = template
    .replace(/\.template$/, '')
    .replace(/^(slice|thing)(?=[.-])/, (word) => texts[word]);
  const path = join(folder, name === 'README.md' ? name : join('src', name));
  const text = readFileSync(join(templates, template), 'utf8').replaceAll(
    /\{\{(\w+)\}\}/g,
    (_, key) => texts[key],
  );
  // The length of the names decides how lines break.
  const style = await resolveConfig(join(projectRoot, 'package.json'));
  writeFileSync(path, await format(text, { ...style, filepath: path }));
  console.log(`wrote ${relative(projectRoot, path)}`);
}
console.log(`
What is left:
- .dependency-cruiser.cjs: ${slice} at its place in libraryOrder, and in domainLibraries
- libs/database/src/migrations: a table ${texts.table} (id, store_id, name, version, created_at, updated_at)
- apps/*/src/*.module.ts: ${texts.Slice}Module, ${texts.Slice}AuthoringModule in authoring, ${texts.sliceVar}Jobs in both
- apps/<role>/src/${slice}/: controllers and their schemas`);

function fail(message) {
  console.error(message);
  process.exit(1);
}
