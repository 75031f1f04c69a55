// The one table of `bench:cache`, and the targets.
import { fleetContestants } from '../contestants/index.mjs';
import { cacheTargets } from './cache-targets.mjs';
import { machineLine, ratio, table } from './report.mjs';
import { sum } from './stats.mjs';

const titleOf = (name) => fleetContestants[name].title;
const ms = (value) => `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`;

export function cacheReport(results, { isQuick }) {
  const rows = [
    ...hitRows(results.hits),
    ...memoryRows(results.memory),
    ...evictionRows(results.eviction),
    ...propagationRows(results.propagation),
    ...stormRows(results.storm),
    ...stampedeRows(results.stampede),
    ...idleRows(results.idle),
    ...faultRows(results.faults),
  ];
  return [
    `## Cache\n`,
    `\`npm run bench:cache${isQuick ? ' -- --quick' : ''}\` on ${machineLine(results)}. ${METHOD}\n`,
    table(['contest', 'contestant', 'measured', 'x raw', 'beside it'], rows),
    `\n### Targets of the cache\n`,
    table(['wanted', 'measured', 'verdict'], cacheTargets(results)),
    `\n${NOTES}`,
  ].join('\n');
}

const METHOD =
  'All contestants in one run, rounds interleaved, medians. Processes: A writes, B and C hold copies; one Redis and one SQLite file on the same machine.';

const NOTES = `- Hit cost is CPU time in one process, 1,000 keys. "Alone" is the same loop before AsyncLocalStorage is in use in the process: on Node 20 it makes every \`await\` dearer, for every library; a replica uses it while a handler, a load or a transaction is under way, and only then.
- Propagation: from the call that says "this changed" on A until the key is gone on B and C; one change every 3 ms. With its commit: from before the transaction on SQLite.
- Storm: 20,000 keys per second in batches of 100; CPU time of A, of B and C (mean) and of Redis. Who did not keep pace has "took". The fast path alone has no log to fall back on, so what it leaves to the log shows as not arrived.
- Faults: stale = keys answered with an old value when all is well again for 5 s (3 s with --quick), on B / C; needless = loads of keys that nobody changed. "Slowest" is the longest that one write, its announcement included, took.
- Where a library announces fills (bentocache, cacheable), the setup fills its copies without announcing them.`;

function hitRows(hits) {
  if (hits === undefined) return [];
  const raw = hits.get('Map.get').ns;
  return [...hits].map(([name, { ns, aloneNs }]) => [
    'hit cost',
    name,
    `${ns.toFixed(ns < 1_000 ? 1 : 0)} ns`,
    ratio(ns, raw),
    besideHit(hits, name, ns, aloneNs),
  ]);
}

/** The comparison with the library of the same kind of call. */
function besideHit(hits, name, ns, aloneNs) {
  if (name.includes('turn')) return '';
  if (!name.includes('awaited')) {
    return `${ratio(ns, hits.get('lru-cache get, ttl').ns)} x lru-cache with ttl`;
  }
  const fetch = `${ratio(ns, hits.get('lru-cache fetch, awaited').ns)} x lru-cache fetch`;
  return aloneNs === undefined ? fetch : `${fetch}, alone ${aloneNs.toFixed(0)} ns`;
}

function memoryRows(memory) {
  if (memory === undefined) return [];
  const titles = { map: 'Map', lockstep: 'Lockstep, one tag per entry' };
  return [...memory].map(([name, bytes]) => [
    'memory per entry',
    titles[name] ?? name,
    `${Math.round(bytes)} bytes`,
    ratio(bytes, memory.get('map')),
    `${ratio(bytes, memory.get('lru-cache'))} x lru-cache with ttl`,
  ]);
}

function evictionRows(eviction) {
  if (eviction === undefined) return [];
  return Object.entries(eviction).flatMap(([stream, shares]) => {
    const lru = shares['lru-cache'];
    return Object.entries(shares).map(([name, share]) => [
      `hits: ${stream}`,
      name,
      `${(100 * share).toFixed(1)} %`,
      '-',
      lru === 0 || share === lru ? '' : `${ratio(share, lru)} x lru-cache`,
    ]);
  });
}

function propagationRows(propagation) {
  if (propagation === undefined) return [];
  const raw = propagation.get('raw');
  return [...propagation].map(([name, { p50, p99, lost }]) => [
    'propagation',
    titleOf(name),
    `p50 ${ms(p50)}, p99 ${ms(p99)}`,
    `${ratio(p50, raw.p50)}, ${ratio(p99, raw.p99)}`,
    lost === 0 ? '' : `${lost} did not arrive`,
  ]);
}

function stormRows(storm) {
  if (storm === undefined) return [];
  const raw = storm.get('raw');
  return [...storm].map(([name, figures]) => {
    const { writer, reader, redis, tookMs, lost, leftToTheLog, keys } = figures;
    const dueMs = (keys / 20_000) * 1_000;
    const beside = [
      ...(tookMs > 1.1 * dueMs ? [`took ${(tookMs / dueMs).toFixed(1)} x the time`] : []),
      ...(lost > 0 ? [`${lost} did not arrive`] : []),
      ...(leftToTheLog > 0 ? [`${leftToTheLog} invalidations left to the log`] : []),
    ];
    return [
      `storm, ${keys.toLocaleString('en')} keys`,
      titleOf(name),
      `A ${ms(writer)}, B and C ${ms(reader)}, Redis ${ms(redis)}`,
      `${ratio(writer, raw.writer)}, ${ratio(reader, raw.reader)}, ${ratio(redis, raw.redis)}`,
      beside.join(', '),
    ];
  });
}

function stampedeRows(stampede) {
  if (stampede === undefined) return [];
  return [...stampede].map(([name, { one, three }]) => [
    'stampede, 200 readers',
    titleOf(name),
    `${one} load in one process, ${three.join(' + ')} in three`,
    ratio(one + sum(three), 4),
    '',
  ]);
}

function idleRows(idle) {
  if (idle === undefined) return [];
  return [...idle].map(([name, { reads, loads }]) => [
    'nobody writes, 3 x 100 keys',
    titleOf(name),
    `${loads} loads in ${reads} reads`,
    ratio(loads, idle.get('raw').loads),
    '',
  ]);
}

const FAULT_TITLES = {
  kill: 'subscriptions killed',
  restart: 'Redis restarted empty',
  partition: 'B cut off silently',
};

function faultRows(faults) {
  if (faults === undefined) return [];
  return Object.keys(FAULT_TITLES).flatMap((fault) =>
    [...faults].map(([name, outcomes]) => [
      FAULT_TITLES[fault],
      titleOf(name),
      ...faultCells(outcomes[fault]),
    ]),
  );
}

function faultCells({ ended, changed, stale, reloads, slowestMs, failures, seen }) {
  if (ended) return ['a process ended', '-', 'lost connection without a listener'];
  const hole =
    seen === undefined
      ? []
      : [
          `oldest stale answer ${(seen.oldestMs / 1_000).toFixed(2)} s`,
          `${((100 * seen.stale) / Math.max(1, seen.answers)).toFixed(0)} % stale while cut off`,
        ];
  return [
    [`stale for ever ${stale.join(' / ')} of ${changed}`, ...hole].join(', '),
    '-',
    [
      `needless ${reloads.join(' / ')}`,
      `slowest ${ms(slowestMs)}`,
      ...(failures > 0 ? [`${failures} writes failed`] : []),
    ].join(', '),
  ];
}
