// The tables of `bench:reads`, and its targets.
import { loadavg } from 'node:os';
import { machineLine, ratio, table, target } from './report.mjs';
import { percentile } from './stats.mjs';

const TARGETS_MS = { 'cached product': 50, '/health/ready': 100 };

const ms = (value) => `${value < 10 ? value.toFixed(2) : value.toFixed(1)} ms`;
const us = (value) => `${value.toFixed(1)} us`;
const number = (value) => value.toLocaleString('en');

/** `phases`: `alone` and `loaded`, each from what is asked to its milliseconds; `load`: what the clients got. */
export function readsReport({ phases, load, cost }, setting, { isQuick }) {
  const { products, clients, redisVersion } = setting;
  const seconds = setting.seconds * Object.keys(phases.alone).length;
  const rows = Object.entries(phases.alone).flatMap(([asked, alone]) => {
    const loaded = phases.loaded[asked];
    return [0.5, 0.99].map((share) => [
      asked,
      share === 0.5 ? 'p50' : 'p99',
      ms(percentile(alone.times, share)),
      ms(percentile(loaded.times, share)),
      ratio(percentile(loaded.times, share), percentile(alone.times, share)),
      `${number(alone.times.length)} / ${number(loaded.times.length)}`,
      `${ms(alone.ownDelayMs)} / ${ms(loaded.ownDelayMs)}`,
    ]);
  });
  const { times, answers } = load;
  const answered = Object.entries(answers).map(([status, count]) => `${number(count)} x ${status}`);
  const bare = cost.get('in process');
  const threaded = cost.get('worker thread');
  return [
    '## Slow reads beside quick ones\n',
    `\`npm run bench:reads${isQuick ? ' -- --quick' : ''}\` on ${machineLine({ redisVersion })}, load average ${loadavg()[0].toFixed(1)}. One commerce replica as it is configured by default, a SQLite file with ${number(products)} generated products. "Loaded": ${clients} clients send facet queries that were never asked, the next as soon as one is answered, for ${seconds} s.\n`,
    table(
      [
        'asked',
        '',
        'alone',
        'loaded',
        'loaded / alone',
        'requests',
        'delay of the client itself, p99',
      ],
      rows,
    ),
    `\nThe clients with facet queries got ${answered.join(', ') || 'no answer'}; p50 ${ms(percentile(times, 0.5))}, p99 ${ms(percentile(times, 0.99))}.`,
    '\n### One small read\n',
    table(
      ['way', 'p50', 'x in process', 'p99', 'x in process'],
      [...cost].map(([way, all]) => [
        way,
        us(percentile(all, 0.5)),
        ratio(percentile(all, 0.5), percentile(bare, 0.5)),
        us(percentile(all, 0.99)),
        ratio(percentile(all, 0.99), percentile(bare, 0.99)),
      ]),
    ),
    `\nThe way through a thread adds ${us(percentile(threaded, 0.5) - percentile(bare, 0.5))} to a read by primary key (p50), one read at a time.`,
    '\n### Targets of reads\n',
    table(
      ['wanted', 'measured', 'verdict'],
      Object.entries(TARGETS_MS).map(([asked, limitMs]) => {
        const measured = percentile(phases.loaded[asked].times, 0.99);
        return target(`${asked}, loaded: p99 <= ${limitMs} ms`, ms(measured), measured <= limitMs);
      }),
    ),
    '\n- The client that measures is one process with one request at a time. "Delay of the client itself": how late its own timers are, which is the share of the machine in what it measures.',
  ].join('\n');
}
