import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Fleet } from './fleet.js';
import type { Role } from './replica-process.js';
import type { Terminal } from './terminal.js';

/**
 * Compiles on every change (`tsc --watch`) and restarts the replicas whose code was written anew: one role when only its app
 * changed, both when a library did. Code that doesn't compile isn't started. Answers the function that ends it.
 */
export function watchAndRestart(
  root: string,
  fleet: Fleet,
  terminal: Terminal,
): () => Promise<void> {
  const changed = new Set<Role>();
  const dist = join(root, 'dist');
  const watcher = watch(dist, { recursive: true }, (_event, file) => {
    if (file?.endsWith('.js')) for (const role of rolesOf(file)) changed.add(role);
  });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [
    tsc,
    '--project',
    'tsconfig.build.json',
    '--watch',
    '--preserveWatchOutput',
    '--noEmitOnError',
  ];
  const compiler = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let restarting: Promise<void> = Promise.resolve();
  // The first pass writes what the replicas run already.
  let isFirstPass = true;
  const restart = async (): Promise<void> => {
    const roles = [...changed];
    changed.clear();
    if (roles.length === 0) return;
    terminal.say(`restarting ${roles.join(' and ')}`);
    await fleet.restart(roles).then(
      () => terminal.say('ready'),
      (error: Error) => terminal.say(`the new code did not come up: ${error.message}`),
    );
  };
  createInterface({ input: compiler.stdout }).on('line', (line) => {
    const found = /Found (\d+) errors?\. Watching/.exec(line);
    if (found === null) {
      if (line.includes('error TS')) terminal.print(line);
      return;
    }
    if (isFirstPass) changed.clear();
    isFirstPass = false;
    if (found[1] === '0') {
      restarting = restarting.then(restart);
    } else {
      terminal.say(`${found[1]} error(s); the replicas keep running the code from before`);
    }
  });
  terminal.say('watching the sources');
  return async () => {
    watcher.close();
    compiler.kill('SIGTERM');
  };
}

function rolesOf(file: string): Role[] {
  if (file.startsWith(join('apps', 'commerce'))) return ['commerce'];
  if (file.startsWith(join('apps', 'authoring'))) return ['authoring'];
  return file.startsWith('libs') ? ['commerce', 'authoring'] : [];
}
