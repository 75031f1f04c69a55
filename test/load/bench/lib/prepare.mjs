import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from '../../../../tools/lib/prepare.mjs';
import { findRedisBinary } from '../../../../tools/lib/redis-binary.mjs';
import { capture, Instruction } from '../../../../tools/lib/run.mjs';
import { say } from './options.mjs';

const workspace = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(workspace, 'node_modules', '.lockstep-bench');

/** The build of the product, a Redis program and, for the contest of caches, the contestants. */
export async function prepareBench({ needsBuild, needsContestants }) {
  const { redisBinary = await findRedisBinary({ log: say }) } = needsBuild
    ? await prepare({ needsRedis: true })
    : {};
  if (needsContestants) await installContestants();
  return redisBinary;
}

/** The other libraries are packages of this folder alone, installed when its lock file has changed. */
async function installContestants() {
  const wanted = readFileSync(join(workspace, 'package-lock.json'), 'utf8');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  say('installing the contestants');
  const npm = (command) =>
    capture('npm', [command, '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: workspace,
      timeoutMs: 300_000,
    });
  const result = await npm('ci');
  if (result.code !== 0) {
    throw new Instruction(`installing the contestants failed:\n${result.output.slice(-2_000)}`);
  }
  writeFileSync(stampFile, wanted);
}
