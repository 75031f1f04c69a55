// `npm run build`, second step: one file for each role, and one for each kind of thread, of what `nest build` has compiled (ADR 0054).
import { globSync, readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { decode, encode } from '@jridgewell/sourcemap-codec';
import { build } from 'esbuild';
import { changedPackages } from './lib/changed-packages.mjs';
import { bundledRecordFile, compilerRecord } from './lib/compiler-record.mjs';
import { projectRoot } from './lib/run.mjs';

/** What is not bundled, and found in node_modules when it is asked for. */
const LEFT_OUT = [
  // Native code.
  'better-sqlite3',
  '@node-rs/argon2',
  // Loaded by themselves, and only where they are used.
  'mssql',
  'stripe',
  '@zxcvbn-ts/*',
  // Not installed: the framework asks for them in case they are.
  '@fastify/view',
  '@nestjs/microservices',
  '@nestjs/platform-express',
  'class-transformer',
  'class-validator',
];

/** Of code without comments and indentation. On the longest of lines Node would show megabytes with an error that ends a process. */
const LINE_LENGTH = 150;

const replicas = join(projectRoot, 'dist', 'replicas');

await rm(replicas, { recursive: true, force: true });
await build({
  absWorkingDir: projectRoot,
  entryPoints: { ...roles(), ...threads() },
  outdir: replicas,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // The framework, the metrics and the logs tell classes by their names.
  keepNames: true,
  external: LEFT_OUT,
  plugins: [changedPackages],
  // What a replica does not run it need not read at every start. Licences lie in node_modules.
  minifyWhitespace: true,
  legalComments: 'none',
  lineLimit: LINE_LENGTH,
  banner: {
    js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`,
  },
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
});
await Promise.all(globSync(join(replicas, '*.js')).map(requireAscii));
await Promise.all(globSync(join(replicas, '*.map')).map(keepOwnLines));
await writeFile(bundledRecordFile, compilerRecord());

function roles() {
  const main = (role) => join(projectRoot, 'dist', 'apps', role, 'src', 'main.js');
  return { commerce: main('commerce'), authoring: main('authoring') };
}

/** By the name of their file: who starts a thread names the file beside its own, which is beside the role's here. */
function threads() {
  const files = globSync('dist/libs/*/src/**/*.js', { cwd: projectRoot })
    .map((file) => join(projectRoot, file))
    .filter((file) => readFileSync(file, 'utf8').includes('parentPort'));
  return Object.fromEntries(files.map((file) => [basename(file, '.js'), file]));
}

/**
 * One character more, and the engine keeps and reads the whole file in two bytes a character. esbuild escapes them in texts and
 * names, not in regular expressions and `String.raw`: there they are written as \uXXXX, or changed by {@link changedPackages}.
 */
async function requireAscii(file) {
  const code = await readFile(file, 'utf8');
  const place = /.{0,60}[^\0-\x7F].{0,60}/u.exec(code)?.[0];
  if (place === undefined) return;
  throw new Error(
    `${basename(file)} has a character that is not ASCII, to be written as \\uXXXX: ${place}`,
  );
}

/**
 * Leaves out of a map what a replica has no use for, because it reads it whole, and holds requests up, with the first error that it logs: packages,
 * whose lines stay those of the bundle, and where in a line of a source something stands. What is left holds until the next place that the map
 * names, also on another line: so Node looks places up.
 */
async function keepOwnLines(file) {
  const map = JSON.parse(await readFile(file, 'utf8'));
  // Packages have maps of their own, which name files that are not installed.
  const isOwn = map.sources.map((source) => /^(?:\.\.\/)+(?:apps|libs)\//.test(source));
  let last = [];
  const lines = decode(map.mappings).map((segments) =>
    segments.flatMap((segment) => {
      const kept = isOwn[segment[1]] ? segment.slice(0, 4) : [segment[0]];
      if (kept[1] === last[1] && kept[2] === last[2]) return [];
      last = kept;
      return [kept];
    }),
  );
  const sources = map.sources.map((source, index) => (isOwn[index] ? source : ''));
  await writeFile(file, JSON.stringify({ ...map, names: [], sources, mappings: encode(lines) }));
}
