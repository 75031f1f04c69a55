// The compiled tree dist/, made again only when something it is made of has changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { buildInfo, compilerRecord } from './compiler-record.mjs';
import { lastLines, runLongStep, say } from './long-step.mjs';
import { compileCache, Instruction, projectRoot } from './run.mjs';

const dist = join(projectRoot, 'dist');
const stampFile = join(dist, '.lockstep-build');
const bundler = join(projectRoot, 'tools', 'bundle.mjs');
const sourceFolders = ['apps', 'libs', 'tools'];
const settings = [
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
  'package.json',
  'package-lock.json',
  'tools/bundle.mjs',
  'tools/lib/changed-packages.mjs',
];

/**
 * Runs `nest build`, and bundles what it made, unless the stamp in dist/ matches the sources and settings. Outputs whose sources are
 * gone are removed, because Nest and Node would still find them. Throws an Instruction with the compiler's errors.
 */
export async function ensureBuilt() {
  const sources = listSources();
  const wanted = hashOf([...settings, ...sources]);
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined;
  // With every other build the outputs are of other sources than the stamp says.
  if (stamp === wanted + compilerRecord()) return;
  removeStaleOutputs(sources);
  // What Node has kept of an earlier build is never asked for again.
  rmSync(compileCache, { recursive: true, force: true });
  rmSync(stampFile, { force: true });
  say('building');
  const nest = join(projectRoot, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const seconds = (await runStep('build', nest, 'build')) + (await runStep('bundle', bundler));
  writeFileSync(stampFile, wanted + compilerRecord());
  say(`built in ${seconds} s`);
}

async function runStep(name, ...program) {
  const result = await runLongStep(name, process.execPath, program);
  if (result.code === 0) return result.seconds;
  throw new Instruction(
    [
      lastLines(readable(result.output), 60),
      '',
      `The ${name} failed. The whole log: ${result.logFile}. Mend what is reported above and run the command again.`,
    ].join('\n'),
  );
}

/** Nest colours its output even in a file. */
function readable(output) {
  return process.stdout.isTTY ? output : stripVTControlCharacters(output);
}

/** Sources of the build, relative to the project, sorted; the same selection as tsconfig.build.json. */
function listSources() {
  const found = [];
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (isSource(entry.name)) found.push(relative(projectRoot, path));
    }
  };
  for (const name of sourceFolders) {
    if (existsSync(join(projectRoot, name))) visit(join(projectRoot, name));
  }
  return found.toSorted((a, b) => (a < b ? -1 : 1));
}

function isSource(name) {
  return name.endsWith('.ts') && !name.endsWith('.d.ts') && !/\.(int-)?spec\.ts$/.test(name);
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const path = join(projectRoot, file);
    hash
      .update(`${file}\0`)
      .update(existsSync(path) ? readFileSync(path) : '')
      .update('\0');
  }
  return `${hash.digest('hex')}\n`;
}

function removeStaleOutputs(sources) {
  if (!existsSync(dist)) return;
  const expected = new Set(sources.map((source) => join(dist, source.replace(/\.ts$/, '.js'))));
  let isComplete = true;
  for (const file of expected) isComplete &&= existsSync(file);
  // The incremental compiler believes its own record; where an output is missing it would not write it again.
  if (!isComplete) rmSync(buildInfo, { force: true });
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (/\.js(\.map)?$/.test(entry.name) && !expected.has(path.replace(/\.map$/, ''))) {
        rmSync(path);
      }
    }
    if (folder !== dist && readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
  };
  visit(dist);
}
