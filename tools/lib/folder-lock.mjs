// One preparation at a time in a folder: `npm start` and `npm test` in two terminals must not install over each other.
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './long-step.mjs';
import { makeStateFolder, stateFolder } from './run.mjs';

/** Runs `work` while no other process of this folder prepares it. A lock whose owner is dead is taken over. */
export async function withFolderLock(work) {
  makeStateFolder();
  const file = join(stateFolder, 'preparing.pid');
  let announced = false;
  while (!tryLock(file)) {
    if (!announced) say('another command prepares this folder: waiting for it');
    announced = true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const unlock = () => rmSync(file, { force: true });
  process.once('exit', unlock);
  try {
    return await work();
  } finally {
    unlock();
    process.off('exit', unlock);
  }
}

function tryLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!ownerIsAlive(file)) rmSync(file, { force: true });
  return false;
}

function ownerIsAlive(file) {
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    // Still empty: its owner is between the two system calls, unless it died there.
    if (owner === 0) return Date.now() - statSync(file).mtimeMs < 5_000;
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
