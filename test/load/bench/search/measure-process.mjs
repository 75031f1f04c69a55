// One contestant in a process of its own, so that its memory is its own: `measure-process.mjs <contestant> <products> <queries>`.
import { percentile } from '../lib/stats.mjs';
import { fts5Contestant, lockstepContestant, miniSearchContestant } from './contestants.mjs';
import { SyntheticShop } from './synthetic-shop.mjs';

const SEED = 20_261_128;
const contestants = {
  lockstep: lockstepContestant,
  minisearch: miniSearchContestant,
  fts5: fts5Contestant,
};

const [name, productCount, queryCount] = process.argv.slice(2);
const contestant = await contestants[name]();
const shop = new SyntheticShop(SEED);
let products = shop.products(Number(productCount));
const changed = products.slice(0, 200);
const queries = new SyntheticShop(SEED + 1);

globalThis.gc();
const before = process.memoryUsage();
const building = process.cpuUsage();
contestant.build(products);
const buildMs = cpuMs(building);
products = undefined;
globalThis.gc();
const after = process.memoryUsage();
const used = ({ heapUsed, arrayBuffers, external }) => heapUsed + Math.max(arrayBuffers, external);

function cpuMs(since) {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

function measured(count, task) {
  const began = process.cpuUsage();
  const took = Array.from({ length: count }, (_, index) => {
    const start = performance.now();
    task(index);
    return performance.now() - start;
  });
  return {
    cpu: cpuMs(began) / count,
    p50: percentile(took, 0.5),
    p95: percentile(took, 0.95),
    p99: percentile(took, 0.99),
  };
}

/** Each query is asked once: nothing was asked before. */
function timed(ask) {
  const asked = Array.from({ length: Number(queryCount) }, () => queries.query());
  return measured(asked.length, (index) => ask(asked[index], index));
}

const filtered = (index) => ({ minPriceMinor: 1_000 + index, brands: [`Brand ${index % 300}`] });
timed(contestant.ask); // Warm, with other queries.
const result = {
  name: contestant.name,
  buildMs,
  bytes: contestant.bytes(),
  heldBytes: used(after) - used(before),
  page: timed(contestant.ask),
};
if (contestant.askWithFacets !== undefined) {
  timed(contestant.askWithFacets);
  result.facets = timed((query) => contestant.askWithFacets(query, {}));
  result.filters = timed((query, index) => contestant.askWithFacets(query, filtered(index)));
  result.lists = timed((_query, index) => contestant.list({ minPriceMinor: 1_000 + index }));
  let longestStepMs = 0;
  const change = measured(changed.length, (index) => {
    longestStepMs = Math.max(longestStepMs, contestant.change(changed[index]));
  });
  result.change = { ...change, longestStepMs };
}
process.stdout.write(`${JSON.stringify(result)}\n`);
