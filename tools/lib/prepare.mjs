import { ensureBuilt } from './build.mjs';
import { withFolderLock } from './folder-lock.mjs';
import { ensureInstalled } from './install.mjs';
import { say } from './long-step.mjs';
import { findRedisBinary } from './redis-binary.mjs';

/**
 * What both commands need first: the dependencies, dist/, and a Redis program unless `needsRedis` is false. Each
 * part is skipped when it is there already. Answers `{ redisBinary }`; throws an Instruction that says what to do.
 */
export function prepare({ needsRedis, needsBuild = true }) {
  return withFolderLock(async () => {
    // Both wait for the network; the first failure ends the command, the other one is ended with the process.
    const [redisBinary] = await Promise.all([
      needsRedis ? findRedisBinary({ log: say }) : undefined,
      ensureInstalled(),
    ]);
    if (needsBuild) await ensureBuilt();
    return { redisBinary };
  });
}
