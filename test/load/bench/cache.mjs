// `npm run bench:cache`: the coherent cache against the bare technique and the known libraries, all in one run.
import { runFaults } from './contests/faults.mjs';
import { runFleetContests } from './contests/fleet-contests.mjs';
import { runEviction, runHitCost, runMemory } from './contests/one-process.mjs';
import { cacheReport } from './lib/cache-report.mjs';
import { endAfter, readOptions, say } from './lib/options.mjs';
import { prepareBench } from './lib/prepare.mjs';
import { publish } from './lib/report.mjs';

const PARTS = ['hits', 'propagation', 'storm', 'stampede', 'idle', 'faults', 'memory', 'eviction'];

const options = readOptions(PARTS);
const began = Date.now();
endAfter(45);
const redis = await prepareBench({ needsBuild: options.needsBuild, needsContestants: true });
const results = { redisVersion: redis.version };
if (options.parts.has('hits')) results.hits = new Map(await runHitCost(options));
if (['propagation', 'storm', 'stampede', 'idle'].some((part) => options.parts.has(part))) {
  Object.assign(results, await runFleetContests(options));
}
if (options.parts.has('faults')) results.faults = await runFaults(options);
if (options.parts.has('memory')) results.memory = await runMemory(options);
if (options.parts.has('eviction')) results.eviction = await runEviction(options);
publish(cacheReport(results, options), options.outFile);
say(`took ${Math.round((Date.now() - began) / 1_000)} s`);
process.exit(0);
