// The table of `bench:shop`, and its targets.
import { machineLine, ratio, table, target } from './report.mjs';
import { median, percentile } from './stats.mjs';

const NAMES = { fill: 'cart writes', checkout: 'checkout', mix: 'mix' };
const FEW = 'few';

/** `phases`: what was measured, by name, number of replicas and of stored orders; `bare`: one figure. */
export function shopReport({ phases, bare }, setting, { isQuick }) {
  const figures = phases.map(figuresOf);
  const bareCpu = bare.cpuMs / bare.done;
  const bareRate = (bare.done * 1_000) / bare.tookMs;
  const rows = figures.map((one) => [
    NAMES[one.name],
    one.replicas,
    one.stored,
    one.perSecond.toFixed(0),
    `${one.cpuMs.toFixed(2)} ms`,
    one.name === 'checkout' ? ratio(one.cpuMs, bareCpu) : '-',
    `${one.redisMs.toFixed(3)} ms`,
    ...one.latencies,
  ]);
  const bareRow = ['the rows of an order by prepared statements', 1, FEW, bareRate.toFixed(0)];
  rows.push([...bareRow, `${bareCpu.toFixed(2)} ms`, '1.00', '-', '-', '-']);
  const { shoppers, canPin, redisVersion, orders, rounds } = setting;
  const cores = canPin ? 'replicas on one core, shoppers on another' : 'no core is reserved';
  return [
    '## Carts and orders\n',
    `\`npm run bench:shop${isQuick ? ' -- --quick' : ''}\` on ${machineLine({ redisVersion })}. ${shoppers} shoppers, each asks the next as soon as it is answered; ${cores}; medians of ${rounds} rounds, ${orders.toLocaleString('en')} carts each. A cart has three lines, tax and what the demo shop promotes; SQLite with \`synchronous=FULL\`.\n`,
    table(
      [
        'what',
        'replicas',
        'orders stored',
        'per second',
        'CPU each',
        'x bare',
        'CPU of Redis',
        'p50',
        'p99',
      ],
      rows,
    ),
    '\n### Targets of carts and orders\n',
    table(['wanted', 'measured', 'verdict'], targets(figures, bareCpu)),
    '\n- Cart writes: three per cart (begin it, three items at once, who and where). Mix: 90 % product pages, 8 % changes of a quantity, 2 % checkouts; its rows of p50 and p99 are those of reads, cart writes and checkouts.\n- CPU each: user and system time of all threads of the replicas, by what was done.\n- Bare: the same rows as one checkout writes, with new ids, one transaction each, in a process that does nothing else.\n',
  ].join('\n');
}

function figuresOf({ name, replicas, stored, rounds }) {
  const over = (figure) => median(rounds.map(figure));
  const kinds = name === 'mix' ? ['read', 'cart', 'checkout'] : [undefined];
  const at = (kind, share) =>
    over(({ times }) => percentile(kind === undefined ? times : times[kind], share));
  const shown = (share) => kinds.map((kind) => at(kind, share).toFixed(1)).join(' / ') + ' ms';
  return {
    ...{ name, replicas, stored },
    perSecond: over(({ done, tookMs }) => (done * 1_000) / tookMs),
    cpuMs: over(({ done, cpuMs }) => cpuMs / done),
    redisMs: over(({ done, redisMs }) => redisMs / done),
    latencies: [shown(0.5), shown(0.99)],
    readsP99: name === 'mix' ? at('read', 0.99) : undefined,
  };
}

function targets(figures, bareCpu) {
  const of = (name, isFew) =>
    figures.find(
      (one) => one.name === name && one.replicas === 1 && (one.stored === FEW) === isFew,
    );
  const few = of('checkout', true);
  const many = of('checkout', false);
  const reads = of('mix', true).readsP99;
  const write = of('fill', true).cpuMs;
  return [
    target('checkout >= 450 per second', few.perSecond.toFixed(0), few.perSecond >= 450),
    target('checkout <= 1.8 ms CPU', `${few.cpuMs.toFixed(2)} ms`, few.cpuMs <= 1.8),
    target('checkout <= 2.5 x bare', ratio(few.cpuMs, bareCpu), few.cpuMs <= 2.5 * bareCpu),
    target('cart write <= 1 ms CPU', `${write.toFixed(2)} ms`, write <= 1),
    target("reads' p99 in the mix <= 10 ms", `${reads.toFixed(1)} ms`, reads <= 10),
    target(
      `checkout at ${many.stored} orders as at few (CPU within 1.15 x)`,
      ratio(many.cpuMs, few.cpuMs),
      many.cpuMs <= 1.15 * few.cpuMs,
    ),
  ];
}
