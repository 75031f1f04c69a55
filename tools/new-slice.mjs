// `npm run new:slice -- <slice> --entity <Entity>`: a domain slice with one entity of a store, from its table to the routes of
// both roles and their tests, registered everywhere. `--plural <words>` where the plural is not regular; `--into <folder>` is the
// root of another checkout.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { projectRoot } from './lib/run.mjs';

const SLICE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const ENTITY = /^([A-Z][a-z0-9]+)+$/;
/** Names that SQL or both applications have for something else. */
const RESERVED = 'check column group index key order plan role table transaction user view';
const templates = join(projectRoot, 'tools', 'new-slice');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    entity: { type: 'string', default: '' },
    plural: { type: 'string' },
    into: { type: 'string', default: projectRoot },
  },
});
const [slice = ''] = positionals;
const { entity, into } = values;
if (positionals.length !== 1 || !SLICE.test(slice) || !ENTITY.test(entity)) {
  fail(
    'usage: npm run new:slice -- <slice> --entity <Entity>: npm run new:slice -- gift-cards --entity GiftCard',
  );
}
if (existsSync(join(into, 'libs', slice))) fail(`libs/${slice} exists already`);

const kebab = (name) => name.replaceAll(/(?<!^)[A-Z]/g, '-$&').toLowerCase();
const pascal = (name) => name.replaceAll(/(?:^|-)(.)/g, (_, first) => first.toUpperCase());
const camel = (name) => name.replaceAll(/-(.)/g, (_, first) => first.toUpperCase());
const capital = (text) => text.replace(/^./, (first) => first.toUpperCase());
const thing = kebab(entity);
const words = thing.replaceAll('-', ' ');
const wordsPlural = (values.plural ?? plural(words)).toLowerCase();
if (RESERVED.split(' ').includes(thing))
  fail(`${entity} means something else already; name it more narrowly`);

const migrations = join(into, 'libs/database/src/migrations');
const number =
  1 + Math.max(...readdirSync(migrations).map((name) => Number.parseInt(name, 10) || 0));
const history = readFileSync(join(migrations, 'index.ts'), 'utf8');
const stamp =
  1 + Math.max(...[...history.matchAll(/\w(\d{13})\b/g)].map(([, digits]) => Number(digits)));
const migrationFile = `${String(number).padStart(4, '0')}-${slice}`;

const texts = {
  slice,
  Slice: pascal(slice),
  sliceVar: camel(slice),
  thing,
  Thing: entity,
  thingVar: camel(thing),
  table: thing.replaceAll('-', '_'),
  CONST: thing.replaceAll('-', '_').toUpperCase(),
  path: wordsPlural.replaceAll(' ', '-'),
  words,
  Words: capital(words),
  wordsPlural,
  WordsPlural: capital(wordsPlural),
  Migration: `${pascal(slice)}${stamp}`,
};

for (const [from, to] of [
  ['library', `libs/${slice}`],
  ['commerce', `apps/commerce/src/${slice}`],
  ['authoring', `apps/authoring/src/${slice}`],
]) {
  for (const template of readdirSync(join(templates, from), { recursive: true })) {
    if (template.endsWith('.template'))
      await writeFrom(join(from, template), join(to, named(template)));
  }
}
await writeFrom('migration.ts.template', `libs/database/src/migrations/${migrationFile}.ts`);
await writeFrom('e2e.template', `test/e2e/${slice}.e2e-spec.ts`);

await addLine(
  'apps/commerce/src/slices.ts',
  `export { ${texts.sliceVar}Slice } from '#libs/${slice}';`,
);
await addLine(
  'apps/authoring/src/slices.ts',
  `export { ${texts.sliceVar}AuthoringSlice } from '#authoring/${slice}';`,
);
for (const role of ['commerce', 'authoring']) {
  await addLine(
    `apps/${role}/src/areas.ts`,
    `export { ${texts.Slice}ApiModule } from './${slice}/${slice}-api.module.js';`,
  );
}
await write(
  'libs/database/src/migrations/index.ts',
  history
    .replace('\n\n', `\nimport { ${texts.Migration} } from './${migrationFile}.js';\n\n`)
    .replace('];', `  ${texts.Migration},\n];`),
);
console.log(`
It passes npm run check as it is. npm run build && npm run documents describes its routes and errors; then change what it is:
- libs/${slice}/src/model/${thing}.ts and the migration say what a ${words} has
- a field goes through the entity, the rules, the view, and the schemas of both roles`);

/** The path of a template in the slice: its words replaced, its ending gone. */
function named(template) {
  return template
    .replace(/\.template$/, '')
    .replace(/(?<=^|\/)(slice|thing)(?=[.-])(?!\.ts$)/, (word) => texts[word])
    .replace(/(?<=^|\/)thing(?=\.ts$)/, thing);
}

async function writeFrom(template, path) {
  const text = readFileSync(join(templates, template), 'utf8');
  await write(
    path,
    text.replaceAll(/\{\{(\w+)\}\}/g, (_, key) => texts[key]),
  );
}

/** One line of a list in a file; the lines stand in the order of what they name, below the comment. */
async function addLine(path, line) {
  const [comment, ...lines] = readFileSync(join(into, path), 'utf8').trimEnd().split('\n');
  const source = (each) => each.split("'")[1] ?? '';
  const sorted = [...lines, line].toSorted((a, b) => (source(a) < source(b) ? -1 : 1));
  await write(path, [comment, ...sorted, ''].join('\n'));
}

async function write(path, text) {
  const target = join(into, path);
  mkdirSync(dirname(target), { recursive: true });
  // The length of the names decides how lines break.
  const style = await resolveConfig(join(projectRoot, 'package.json'));
  writeFileSync(target, await format(text, { ...style, filepath: target }));
  console.log(`wrote ${relative(into, target)}`);
}

function plural(name) {
  if (/[^aeiou]y$/.test(name)) return name.replace(/y$/, 'ies');
  return /(s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
