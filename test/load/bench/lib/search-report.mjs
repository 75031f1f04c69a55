import { ratio, table, target } from './report.mjs';

const MIB = 1_048_576;
const MAX_INDEX_MIB = 40;

/** The tables of `bench:search`, as Markdown. */
export function searchReport(results, { machine, queries, few }) {
  const sizes = [...new Set(results.map(({ products }) => products))];
  const parts = sizes.map((size) =>
    sizeReport(
      size,
      results.filter(({ products }) => products === size),
    ),
  );
  return [
    '# Search',
    machine,
    ...parts,
    '## Targets',
    table(['wanted', 'measured', ''], targets(results)),
    method(queries, few),
  ].join('\n\n');
}

function sizeReport(size, results) {
  const own = results.find(({ name }) => name === 'Lockstep');
  const rows = results.map(({ name, page, buildMs, bytes, heldBytes }) => [
    name,
    ms(page.cpu),
    ms(page.p50),
    ms(page.p95),
    ms(page.p99),
    ratio(page.cpu, own?.page.cpu),
    `${(buildMs / 1_000).toFixed(2)} s`,
    mib(bytes ?? heldBytes),
  ]);
  const header = ['', 'CPU', 'p50', 'p95', 'p99', 'CPU x Lockstep', 'CPU of building', 'memory'];
  const parts = [`## ${size} products`, 'Best 24 products of a query:', table(header, rows)];
  if (own === undefined) return parts.join('\n\n');
  const further = [
    ['with facets', own.facets],
    ['with facets, a brand and a price', own.filters],
    ['all products above a price, by price, with facets', own.lists],
    ['a change of one product', own.change],
  ].map(([what, { cpu, p50, p95, p99 }]) => [what, ms(cpu), ms(p50), ms(p95), ms(p99)]);
  return [
    ...parts,
    'Lockstep alone:',
    table(['', 'CPU', 'p50', 'p95', 'p99'], further),
    `The longest step in which a change or a merge held the event loop: ${ms(own.change.longestStepMs)}.`,
  ].join('\n\n');
}

function targets(results) {
  return results
    .filter(({ name }) => name === 'Lockstep')
    .flatMap(({ products, facets, bytes }) => {
      const maxMs = products > 5_000 ? 2 : 1;
      const per100k = (bytes / products) * 100_000;
      return [
        target(
          `${products} products: a search with facets takes at most ${maxMs} ms of CPU`,
          ms(facets.cpu),
          facets.cpu <= maxMs,
        ),
        ...(products < 100_000
          ? []
          : [
              target(
                `at most ${MAX_INDEX_MIB} MiB for 100,000 products`,
                mib(per100k),
                per100k <= MAX_INDEX_MIB * MIB,
              ),
            ]),
      ];
    });
}

function method(queries, few) {
  return [
    `Method: products and queries come from fixed seeds, words follow Zipf's law over 40,000; a product has about 36 different words.`,
    `Each of ${queries} queries (of MiniSearch with many products ${few}) is asked once, after as many others: one to three words that all have to be answered, the last one`,
    `cut off in half of them, a typing error in one of ten. CPU is of the process, for each query; the other times are of the clock.`,
    `MiniSearch has prefixes and typing errors and no facets, FTS5 prefixes and neither. Memory: Lockstep counts its arrays and FTS5 its`,
    `pages; of MiniSearch it is what the heap has grown by.`,
  ].join('\n');
}

function ms(value) {
  return `${value.toFixed(2)} ms`;
}

function mib(bytes) {
  return `${(bytes / MIB).toFixed(1)} MiB`;
}
