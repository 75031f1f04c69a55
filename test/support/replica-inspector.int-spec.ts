import { afterEach, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { spawnGuarded, type GuardedProcess } from '../../tools/fleet/guarded-process.js';
import { INSPECTABLE, ReplicaInspector } from './replica-inspector.js';

const MIB = 1_048_576;
/** Makes 100 lists of a MiB each, keeps as many as it is told, and a Buffer of 10 MiB. */
const PROGRAM = `
  globalThis.kept = [Buffer.alloc(10 * ${MIB}, 1)];
  for (let mib = 0; mib < 100; mib += 1) {
    const made = new Array(${MIB} / 8).fill(mib);
    if (mib < Number(process.argv[1])) globalThis.kept.push(made);
  }
  console.log('made');
  setInterval(() => undefined, 1_000);
`;

const running: GuardedProcess[] = [];
afterEach(() => Promise.all(running.splice(0).map((program) => program.stop(1_000))));

async function heldOf(keptMib: number): Promise<number> {
  const logs: string[] = [];
  const program = spawnGuarded(process.execPath, ['-e', PROGRAM, String(keptMib)], {
    env: INSPECTABLE,
    onLine: (line) => logs.push(line),
  });
  running.push(program);
  await eventually('the lists', () => logs.includes('made'));
  using inspector = await ReplicaInspector.attach({ pid: program.pid, logs, replica: 'a program' });
  const { rss, heapUsed, external } = await inspector.memoryHeld();
  expect(rss).toBeGreaterThan(heapUsed + external);
  return (heapUsed + external) / MIB;
}

it('counts what a process holds, on the heap and outside, and no garbage', async () => {
  const little = await heldOf(0);
  const much = await heldOf(40);
  expect(little).toBeGreaterThan(10);
  expect(little).toBeLessThan(30);
  expect(much - little).toBeGreaterThan(38);
  expect(much - little).toBeLessThan(42);
});
