import { execFileSync } from 'node:child_process';

export interface Session {
  isEnding(): boolean;
}

/** npm passes Ctrl-C on to a process that the terminal has told already: the second one of such a pair isn't a second wish. */
const SAME_WISH_MS = 1_000;
const PARENT_LOOK_MS = 1_000;
/** Set by tools/lib/launch.mjs, which is not part of the build. */
const LAUNCHER_VARIABLE = 'LOCKSTEP_LAUNCHER';

/**
 * Calls `end` once, at the first SIGINT, SIGTERM or SIGHUP, or when the process that started this one is gone. A second signal
 * exits at once; what was started ends by itself then, because its channel to this process closes.
 */
export function onEndOfSession(end: (why: string) => Promise<void>): Session {
  let endingSince: number | undefined;
  const begin = (why: string): void => {
    endingSince = performance.now();
    clearInterval(look);
    void end(why).catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (endingSince === undefined) begin(signal);
      else if (performance.now() - endingSince > SAME_WISH_MS) process.exit(1);
    });
  }
  const parent = process.ppid;
  const npm = npmProcess();
  const look = setInterval(() => {
    const isAlone = process.ppid !== parent || (npm !== undefined && !exists(npm));
    if (isAlone && endingSince === undefined) begin('the command that started the fleet is gone');
  }, PARENT_LOOK_MS);
  look.unref();
  // A terminal that is gone makes every write fail; that must not keep the fleet from ending.
  process.stdout.on('error', () => undefined);
  return { isEnding: () => endingSince !== undefined };
}

/**
 * npm runs a script through a shell, and a shell survives npm; so npm itself is looked after, where it is the one that started us. A
 * launcher may stand between the shell and this process.
 */
function npmProcess(): number | undefined {
  if (process.env['npm_lifecycle_event'] === undefined) return undefined;
  try {
    const isLaunched = process.env[LAUNCHER_VARIABLE] === String(process.ppid);
    const grandparent = parentOf(isLaunched ? parentOf(process.ppid) : process.ppid);
    return Number.isInteger(grandparent) && grandparent > 1 ? grandparent : undefined;
  } catch {
    // A machine without ps: the parent alone is looked after.
    return undefined;
  }
}

function parentOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { stdio: 'pipe' }));
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
