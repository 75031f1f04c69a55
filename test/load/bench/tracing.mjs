// `npm run bench:tracing`: what a trace costs a replica that records it, against the same replica without.
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { processCpuMs } from './http/pinning.mjs';
import { endAfter, readOptions, say } from './lib/options.mjs';
import { prepareBench } from './lib/prepare.mjs';
import { machineLine, publish, ratio, table } from './lib/report.mjs';
import { interleaved, median } from './lib/stats.mjs';
import { startShopFleet } from './shop/shop-fleet.mjs';

const SHOPPERS = 8;
const RATIOS = [undefined, '0', '0.1', '1'];

const options = readOptions(['tracing']);
const size = options.isQuick
  ? { warmUp: 100, orders: 150, rounds: 5 }
  : { warmUp: 300, orders: 300, rounds: 7 };
endAfter(20);
await prepareBench({ needsBuild: options.needsBuild, needsContestants: false });

const collector = createServer((request, response) => {
  request.resume();
  request.once('end', () => response.end('{}'));
});
await new Promise((resolve) => collector.listen(0, '127.0.0.1', resolve));
const endpoint = `http://127.0.0.1:${collector.address().port}`;
const fleet = await startShopFleet(RATIOS.length, (index) =>
  RATIOS[index] === undefined
    ? {}
    : { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, TRACE_RATIO: RATIOS[index] },
);
const client = fork(fileURLToPath(new URL('shop/shoppers-process.mjs', import.meta.url)), {
  execArgv: [],
});
try {
  const contestants = fleet.replicas.map((replica, index) => ({
    ...replica,
    ratio: RATIOS[index],
  }));
  const ask = (replica, name, more) =>
    new Promise((resolve, reject) => {
      client.once('message', (answer) =>
        answer.error === undefined ? resolve(answer) : reject(new Error(answer.error)),
      );
      client.send({ name, urls: [replica.url], shoppers: SHOPPERS, skus: fleet.skus, ...more });
    });
  const orders = async (replica, count) => {
    const before = await processCpuMs(replica.pid);
    const filled = await ask(replica, 'fill', { count });
    const placed = await ask(replica, 'checkout');
    const cpuMs = ((await processCpuMs(replica.pid)) - before) / count;
    return { cpuMs, tookMs: (filled.tookMs + placed.tookMs) / count };
  };
  for (const one of contestants) await orders(one, size.warmUp);
  const samples = await interleaved(size.rounds, contestants, (one, round) => {
    say(`ratio ${one.ratio ?? 'off'}, round ${round}`);
    return orders(one, size.orders);
  });
  const reference = samples.get(contestants[0]);
  const rows = contestants.map((one) => {
    const own = samples.get(one);
    // Neighbours in time are compared, so that what else the machine does falls out.
    const against = (what) => median(own.map((each, at) => each[what] / reference[at][what]));
    return [
      one.ratio === undefined ? 'off' : `TRACE_RATIO=${one.ratio}`,
      median(own.map(({ cpuMs }) => cpuMs)).toFixed(2),
      ratio(against('cpuMs'), 1),
      ratio(against('tookMs'), 1),
    ];
  });
  const text = [
    machineLine({ redisVersion: fleet.redis.version }),
    '',
    table(
      ['traces', 'CPU of the replica, ms an order', 'CPU, ratio to off', 'time, ratio to off'],
      rows,
    ),
    '',
    `An order is a cart, three items and a checkout, by ${SHOPPERS} shoppers at once; ${size.orders} in each of ${size.rounds} rounds, the replicas in turn.`,
    'Medians; ratios are those of neighbours in time. SQLite, a collector that takes everything.',
  ].join('\n');
  publish(`${text}\n`, options.outFile);
} finally {
  client.kill('SIGKILL');
  await fleet.stop();
  collector.close();
}
process.exit(0);
