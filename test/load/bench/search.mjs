// `npm run bench:search`: the search index beside MiniSearch and FTS5 of SQLite, each in a process of its own, and what replicas make of it.
import { fileURLToPath } from 'node:url';
import { capture } from '../../../tools/lib/run.mjs';
import { endAfter, readOptions, say } from './lib/options.mjs';
import { prepareBench } from './lib/prepare.mjs';
import { machineLine, publish } from './lib/report.mjs';
import { searchReplicaReport } from './lib/search-replica-report.mjs';
import { searchReport } from './lib/search-report.mjs';
import { replicaFigures } from './search/replica-figures.mjs';

const contestants = ['lockstep', 'minisearch', 'fts5'];
const options = readOptions([...contestants, 'replicas']);
const sizes = options.isQuick ? [5_000] : [5_000, 100_000];
const QUERIES = 2_000;
/** Of a contestant that takes hundreds of milliseconds for one. */
const FEW_QUERIES = 100;
const measureProcess = fileURLToPath(new URL('search/measure-process.mjs', import.meta.url));

endAfter(30);
await prepareBench({ needsBuild: options.needsBuild, needsContestants: false });
const results = [];
for (const products of sizes) {
  for (const name of contestants.filter((each) => options.parts.has(each))) {
    say(`${name} with ${products} products`);
    results.push({ products, ...(await measure(name, products)) });
  }
}
const report = searchReport(results, {
  machine: machineLine(),
  queries: QUERIES,
  few: FEW_QUERIES,
});
const replicas = options.parts.has('replicas')
  ? [
      searchReplicaReport(
        await replicaFigures(
          options.isQuick
            ? { products: 5_000, searches: 2_000, changes: 200, changesWithout: 5, seconds: 5 }
            : { products: 100_000, searches: 2_000, changes: 200, changesWithout: 30, seconds: 20 },
        ),
      ),
    ]
  : [];
publish([report, ...replicas].join('\n\n'), options.outFile);
process.exit(0);

async function measure(name, products) {
  const queries = name === 'minisearch' && products > 5_000 ? FEW_QUERIES : QUERIES;
  const args = ['--expose-gc', measureProcess, name, String(products), String(queries)];
  const result = await capture(process.execPath, args, { timeoutMs: 15 * 60_000 });
  if (result.code !== 0) throw new Error(`${name} failed:\n${result.output.slice(-2_000)}`);
  return JSON.parse(result.output.trim().split('\n').at(-1));
}
