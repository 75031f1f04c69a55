// `npm start`: from a bare checkout to a running fleet. Plain JavaScript without dependencies, because nothing is installed yet.
import { parseFleetArguments } from './lib/fleet-arguments.mjs';
import { endLongSteps } from './lib/long-step.mjs';
import { prepare } from './lib/prepare.mjs';
import { Instruction, projectRoot } from './lib/run.mjs';

// A fleet that doesn't come up says what happened in its message; the stack of the supervisor would hide it.
const isForPeople = (error) => error instanceof Instruction || error.name === 'FleetError';
const endEarly = (signal) => {
  endLongSteps();
  process.exit(signal === 'SIGINT' ? 130 : 143);
};
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

try {
  const fleet = parseFleetArguments(process.argv.slice(2));
  for (const signal of signals) process.on(signal, endEarly);
  const { redisBinary } = await prepare({ needsRedis: (process.env.REDIS_URL ?? '') === '' });
  for (const signal of signals) process.off(signal, endEarly);
  const { runFleet } = await import('../dist/tools/fleet/main.js');
  await runFleet({ root: projectRoot, redisServer: redisBinary?.server, ...fleet });
} catch (error) {
  endLongSteps();
  process.stderr.write(`\n${isForPeople(error) ? error.message : error.stack}\n`);
  process.exit(1);
}
