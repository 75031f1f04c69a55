import { availableParallelism } from 'node:os';
import { readFileSync } from 'node:fs';
import { capture, findOnPath } from '../../../../tools/lib/run.mjs';

/** True when servers and client can have a core each. */
export const canPin = findOnPath('taskset') !== undefined && availableParallelism() >= 2;

/** Keeps all threads of a process on one core; threads started later inherit it. */
export async function pin(pid, core) {
  if (!canPin) return;
  const { code, output } = await capture('taskset', ['-a', '-c', '-p', String(core), String(pid)]);
  if (code !== 0) throw new Error(`taskset: ${output}`);
}

let ticksPerSecond;

/** CPU time of a process in milliseconds, user and system, all threads. */
export async function processCpuMs(pid) {
  ticksPerSecond ??= Number((await capture('getconf', ['CLK_TCK'])).output);
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program may hold spaces; the numbers begin after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
}
