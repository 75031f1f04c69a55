// `npm run repl -- --role commerce`: the inside of a replica at a prompt, on the database and Redis of this folder's fleet.
import { parseArgs } from 'node:util';
import { prepare } from './lib/prepare.mjs';
import { Instruction, projectRoot } from './lib/run.mjs';

const usage = 'usage: npm run repl -- [--role authoring|commerce] (default authoring)';

try {
  const role = chosenRole();
  await prepare({ needsRedis: false });
  const { openRepl } = await import('../dist/tools/open-repl.js');
  await openRepl(role, projectRoot);
} catch (error) {
  const isForPeople = error instanceof Instruction || error.name === 'ConfigurationError';
  process.stderr.write(`${isForPeople ? error.message : error.stack}\n`);
  process.exit(1);
}

function chosenRole() {
  try {
    const { values } = parseArgs({ options: { role: { type: 'string', default: 'authoring' } } });
    if (values.role === 'authoring' || values.role === 'commerce') return values.role;
  } catch {
    // An option that does not exist: the usage says which one does.
  }
  throw new Instruction(usage);
}
