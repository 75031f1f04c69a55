import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from '#libs/testing';
import { projectRoot } from '../lib/run.mjs';
import { spawnGuarded } from './guarded-process.js';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process.
    return false;
  }
};

describe('spawnGuarded', () => {
  it('ends the program when the process that started it is killed', async () => {
    const module = join(projectRoot, 'dist', 'tools', 'fleet', 'guarded-process.js');
    const script = `const { spawnGuarded } = await import(${JSON.stringify(module)});
      console.log(spawnGuarded('sleep', ['600']).pid);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    owner.stdout.on('data', (data) => (printed += String(data)));
    const pid = Number(await eventually('the process id', () => /^\d+$/m.exec(printed)?.[0]));
    expect(isAlive(pid)).toBe(true);
    owner.kill('SIGKILL');
    await eventually('the end of the program', () => !isAlive(pid));
  });

  it('leaves no watcher behind when the program ends by itself', async () => {
    const { child } = spawnGuarded('sh', ['-c', 'exit 7']);
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(7);
    // The watcher holds the other end of the pipe; it is closed when the watcher is gone.
    await eventually('the end of the watcher', () => child.stdio[3]?.destroyed);
  });
});
