// The table of pages that nobody has asked for before.
import { loadavg } from 'node:os';
import { machineLine, ratio, table } from './report.mjs';
import { percentile, sum } from './stats.mjs';

const MIB = 1024 ** 2;
const PER = 100_000;
const ms = (value) => `${value.toFixed(2)} ms`;

/** `figures`: milliseconds and CPU time of the replica that holds the catalog, and of the one that does not. */
export function neverAskedReport({ figures, held, heldMs }, setting, { isQuick }) {
  const { products, redisVersion } = setting;
  const bytes = sum([...held.values()]);
  const cpuOf = ({ times, cpuMs }) => cpuMs / times.length;
  const without = figures.get('not held');
  return [
    '## Product pages that nobody has asked for before\n',
    `\`npm run bench:reads -- --only never-asked${isQuick ? ' --quick' : ''}\` on ${machineLine({ redisVersion })}, load average ${loadavg()[0].toFixed(1)}. Two commerce replicas on a SQLite file with ${products.toLocaleString('en')} generated products, asked in turns, one request at a time, each page once.\n`,
    table(
      ['the catalog', 'pages', 'CPU of the replica per page', 'x not held', 'p50', 'p99'],
      [...figures].map(([name, figure]) => [
        name,
        figure.times.length.toLocaleString('en'),
        ms(cpuOf(figure)),
        ratio(cpuOf(figure), cpuOf(without)),
        ms(percentile(figure.times, 0.5)),
        ms(percentile(figure.times, 0.99)),
      ]),
    ),
    `\nThe records take ${(bytes / MIB).toFixed(1)} MiB, ${((bytes / MIB / products) * PER).toFixed(0)} MiB for 100,000 products (${[...held].map(([name, each]) => `${name} ${(each / MIB).toFixed(1)}`).join(', ')}); all were held ${(heldMs / 1_000).toFixed(1)} s after the start.`,
  ].join('\n');
}
