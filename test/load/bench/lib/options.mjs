import { parseArgs } from 'node:util';
import { resolve } from 'node:path';

/** `--quick`, `--out <file>`, `--only <part,part>`, `--no-build`: the command line of both benchmarks. */
export function readOptions(parts) {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
      only: { type: 'string' },
      'no-build': { type: 'boolean', default: false },
    },
  });
  const only = values.only?.split(',') ?? parts;
  const unknown = only.filter((part) => !parts.includes(part));
  if (unknown.length > 0) {
    throw new Error(`--only knows ${parts.join(', ')}, not ${unknown.join(', ')}`);
  }
  return {
    isQuick: values.quick,
    outFile: values.out === undefined ? undefined : resolve(values.out),
    parts: new Set(only),
    needsBuild: !values['no-build'],
  };
}

export function say(text) {
  process.stderr.write(`[bench] ${text}\n`);
}

/** The last resort against a run that hangs; every process it started ends with it. */
export function endAfter(minutes) {
  const timer = setTimeout(() => {
    say(`not finished after ${minutes} minutes: given up`);
    process.exit(1);
  }, minutes * 60_000);
  timer.unref();
}
