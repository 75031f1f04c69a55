// Jest's globalSetup: makes the bundle of packages when it is not there, or no longer of what it was made of.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { changedPackages } from '../../../../tools/lib/changed-packages.mjs';
import { projectRoot } from '../../../../tools/lib/run.mjs';
import { bundledNames, bundleFile, bundleFolder, standInFile } from './bundled-packages.mjs';

const ENTRY = 'entry.cjs';
const recordFile = join(bundleFolder(projectRoot), 'made-of.json');

export default async function bundlePackages() {
  const recipe = recipeHash();
  if (isMadeOf(recipe)) return;
  const { outputFiles, metafile } = await bundle();
  const inputs = Object.keys(metafile.inputs).filter((file) => file !== ENTRY);
  for (const name of bundledNames) {
    const asked = `globalThis[Symbol.for('lockstep.packages')](require)['${name}']()`;
    write(standInFile(projectRoot, name), `module.exports = ${asked};\n`);
  }
  write(bundleFile(projectRoot), outputFiles[0].text);
  write(
    recordFile,
    JSON.stringify({ recipe, versions: inputs.map((file) => [file, version(file)]) }),
  );
}

/** As a script whose value is a function with the parameters of a CommonJS module. Nothing of a package runs before it is asked for. */
function bundle() {
  const entries = bundledNames.map((name) => `'${name}': () => require('${name}'),`);
  return build({
    absWorkingDir: projectRoot,
    stdin: {
      contents: `module.exports = {\n${entries.join('\n')}\n};`,
      sourcefile: ENTRY,
      resolveDir: projectRoot,
    },
    outfile: bundleFile(projectRoot),
    write: false,
    metafile: true,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    // The framework and its tokens tell classes by their names.
    keepNames: true,
    // What is native, and what is not installed; the framework asks for these in case they are.
    external: [
      'better-sqlite3',
      'mssql',
      '@fastify/view',
      '@nestjs/microservices',
      '@nestjs/platform-express',
      'class-transformer',
      'class-validator',
    ],
    // A script has no way to import.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: '(function (require, module, exports, __filename, __dirname, bundleUrl) {' },
    footer: { js: '})' },
    plugins: [importedByEntry, changedPackages],
    legalComments: 'none',
    logLevel: 'warning',
  });
}

/** The entry asks with `require`, so that nothing runs at once, for what an `import` finds: that is what our files write. */
const importedByEntry = {
  name: 'imported by the entry',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^.]/ }, ({ path, importer, kind }) => {
      if (kind !== 'require-call' || importer !== join(projectRoot, ENTRY)) return undefined;
      return resolve(path, { kind: 'import-statement', importer, resolveDir: projectRoot });
    });
  },
};

function isMadeOf(recipe) {
  try {
    const made = JSON.parse(readFileSync(recordFile, 'utf8'));
    return made.recipe === recipe && made.versions.every(([file, was]) => version(file) === was);
  } catch (error) {
    // Nothing there yet, or a file of a package is gone.
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

function version(file) {
  const { mtimeMs, size } = statSync(join(projectRoot, file));
  return `${mtimeMs} ${size}`;
}

function recipeHash() {
  const hash = createHash('sha256');
  for (const file of ['bundled-packages.mjs', 'bundle-packages.mjs']) {
    hash.update(readFileSync(new URL(file, import.meta.url)));
  }
  hash.update(readFileSync(join(projectRoot, 'tools/lib/changed-packages.mjs')));
  hash.update(readFileSync(join(projectRoot, 'package-lock.json')));
  return hash.digest('hex');
}

/** Whole or not at all: another Jest may read it. */
function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}
