import { ratio, target } from './report.mjs';
import { sum } from './stats.mjs';

/** What the product promises to reach in the run in which it is measured. */
export function cacheTargets(results) {
  const { hits, propagation, storm, stampede, faults, memory } = results;
  return [
    ...(hits === undefined ? [] : hitTargets(hits)),
    ...(propagation === undefined ? [] : propagationTargets(propagation)),
    ...(storm === undefined ? [] : stormTargets(storm)),
    ...(stampede === undefined ? [] : [stampedeTarget(stampede.get('lockstep-sql'))]),
    ...(faults === undefined ? [] : faultTargets(faults.get('lockstep-sql'))),
    ...(memory === undefined ? [] : [memoryTarget(memory)]),
  ];
}

function hitTargets(hits) {
  const ns = (name) => hits.get(name).ns;
  const sync = ns('Lockstep, synchronous') / ns('lru-cache get, ttl');
  const awaitedNs = ns('Lockstep, awaited');
  const awaited = awaitedNs / ns('lru-cache fetch, awaited');
  return [
    target('synchronous hit <= 1.2 x lru-cache with ttl', sync.toFixed(2), sync <= 1.2),
    target(
      'awaited hit <= 120 ns or <= 1.1 x lru-cache fetch',
      `${awaitedNs.toFixed(0)} ns, ${awaited.toFixed(2)}`,
      awaitedNs <= 120 || awaited <= 1.1,
    ),
  ];
}

function propagationTargets(propagation) {
  const [raw, ours] = [propagation.get('raw'), propagation.get('lockstep')];
  return [
    target('propagation p50 <= 1.4 x raw', ratio(ours.p50, raw.p50), ours.p50 <= 1.4 * raw.p50),
    target('propagation p99 <= 1.5 x raw', ratio(ours.p99, raw.p99), ours.p99 <= 1.5 * raw.p99),
  ];
}

function stormTargets(storm) {
  const raw = storm.get('raw').writer;
  const line = (name, what) => {
    const { writer } = storm.get(name);
    return target(
      `storm, CPU of the writer <= 1.5 x raw batched publish, ${what}`,
      ratio(writer, raw),
      writer <= 1.5 * raw,
    );
  };
  return [
    line('lockstep', 'batches of 100 as the raw one'),
    line('lockstep-keys', 'one commit per key'),
  ];
}

function stampedeTarget({ one, three }) {
  const isReached = one === 1 && three.every((loads) => loads === 1);
  return target('one load per process in a stampede', `${one}; ${three.join(' + ')}`, isReached);
}

function faultTargets(outcomes) {
  const stale = Object.values(outcomes).flatMap((outcome) => outcome.stale ?? [NaN]);
  const oldest = outcomes.partition.seen?.oldestMs;
  return [
    target('no key stale for ever in any fault', String(sum(stale)), sum(stale) === 0),
    target(
      'oldest stale answer under a silent partition <= lease (2 s) + 0.5 s',
      oldest === undefined ? '-' : `${(oldest / 1_000).toFixed(2)} s`,
      oldest === undefined ? undefined : oldest <= 2_500,
    ),
  ];
}

function memoryTarget(memory) {
  const [ours, theirs] = [memory.get('lockstep'), memory.get('lru-cache')];
  return target(
    'memory per entry of a small object <= 2 x lru-cache',
    ratio(ours, theirs),
    ours <= 2 * theirs,
  );
}
