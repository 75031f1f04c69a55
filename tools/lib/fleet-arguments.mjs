import { parseArgs } from 'node:util';
import { Instruction } from './run.mjs';

const usage = [
  'npm start -- [--commerce N] [--authoring M] [--verbose]',
  '  --commerce N    storefront replicas, 1 to 32 (default 2)',
  '  --authoring M   back-office replicas with job workers, 1 to 32 (default 1)',
  '  --verbose       print every log line of the replicas, not only warnings and errors',
  '  --watch         rebuild and restart on every change of a source (npm run dev)',
].join('\n');

/** The size of the fleet from the command line, checked before anything long begins. Throws an Instruction with the usage. */
export function parseFleetArguments(args) {
  const { values } = parse(args);
  if (values.help === true) throw new Instruction(usage);
  return {
    commerce: count('--commerce', values.commerce),
    authoring: count('--authoring', values.authoring),
    verbose: values.verbose === true,
    watch: values.watch === true,
  };
}

function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        commerce: { type: 'string', default: '2' },
        authoring: { type: 'string', default: '1' },
        verbose: { type: 'boolean' },
        watch: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new Instruction(`${error.message}\n${usage}`);
  }
}

function count(name, text) {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 32) return value;
  throw new Instruction(`${name} takes a number from 1 to 32, not "${text}"\n${usage}`);
}
