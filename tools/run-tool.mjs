// `npm run scaling:replay -- rules.yaml metrics.csv` and the like: builds what is missing, then runs a compiled tool.
import { prepare } from './lib/prepare.mjs';
import { Instruction } from './lib/run.mjs';

const [tool, ...args] = process.argv.slice(2);

try {
  await prepare({ needsRedis: false });
  const { run } = await import(`../dist/tools/${tool}.js`);
  process.exitCode = await run(args, (line) => process.stdout.write(`${line}\n`));
} catch (error) {
  // What a person did wrong comes with a stable code, or as a usage; anything else is a defect.
  const isForPeople =
    error instanceof Instruction ||
    error.name === 'ConfigurationError' ||
    error.name === 'UsageError' ||
    error.family === 'user';
  process.stderr.write(`${isForPeople ? error.message : error.stack}\n`);
  process.exitCode = 1;
}
