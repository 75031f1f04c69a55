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

/** A Node process that guards a program, prints its id, and waits to be killed. */
async function ownerOf(program: string[], graceSeconds: number) {
  const module = join(projectRoot, 'dist', 'tools', 'fleet', 'guarded-process.js');
  const [name, ...args] = program;
  const call = [name, args, { graceSeconds }].map((value) => JSON.stringify(value)).join(', ');
  const script = `const { spawnGuarded } = await import(${JSON.stringify(module)});
    console.log(spawnGuarded(${call}).pid);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  owner.stdout.on('data', (data) => (printed += String(data)));
  const pid = Number(await eventually('the process id', () => /^\d+$/m.exec(printed)?.[0]));
  return { owner, pid };
}

describe('spawnGuarded', () => {
  it('ends the program when the process that started it is killed', async () => {
    const { owner, pid } = await ownerOf(['sleep', '600'], 60);
    expect(isAlive(pid)).toBe(true);
    owner.kill('SIGKILL');
    await eventually('the end of the program', () => !isAlive(pid));
  });

  it('ends a program that does not listen', async () => {
    const { owner, pid } = await ownerOf(
      ['sh', '-c', 'trap "" TERM; while :; do sleep 1; done'],
      1,
    );
    owner.kill('SIGKILL');
    await eventually('the end of the program', () => !isAlive(pid));
  });

  it('leaves no watcher behind when the program ends by itself', async () => {
    const { child, exited } = spawnGuarded('sh', ['-c', 'exit 7']);
    expect(await exited).toEqual({ code: 7, signal: null });
    // The watcher holds the other end of the pipe; it is closed when the watcher is gone.
    expect(child.stdio[3]?.destroyed).toBe(true);
  });

  it('reads what the program prints to the last line', async () => {
    const lines: string[] = [];
    const script = 'echo one; echo two >&2; printf three';
    await spawnGuarded('sh', ['-c', script], { onLine: (line) => lines.push(line) }).exited;
    expect(lines.toSorted()).toEqual(['one', 'three', 'two']);
  });

  it('stops a frozen program', async () => {
    const { child, stop } = spawnGuarded('sleep', ['600']);
    child.kill('SIGSTOP');
    expect(await stop(10_000)).toEqual({ code: null, signal: 'SIGTERM' });
  });
});
