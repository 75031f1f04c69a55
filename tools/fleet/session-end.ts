import { execFileSync } from 'node:child_process';

export interface Session {
  isEnding(): boolean;
}

/** npm passes Ctrl-C on to a process that the terminal has told already: the second one of such a pair isn't a second wish. */
const SAME_WISH_MS = 1_000;
const PARENT_LOOK_MS = 1_000;

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

/** npm runs a script through a shell, and a shell survives npm; so npm itself is looked after, where it is the one that started us. */
function npmProcess(): number | undefined {
  if (process.env['npm_lifecycle_event'] === undefined) return undefined;
  try {
    const shown = execFileSync('ps', ['-o', 'ppid=', '-p', String(process.ppid)], {
      stdio: 'pipe',
    });
    const grandparent = Number(shown.toString().trim());
    return Number.isInteger(grandparent) && grandparent > 1 ? grandparent : undefined;
  } catch {
    // A machine without ps: the parent alone is looked after.
    return undefined;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
