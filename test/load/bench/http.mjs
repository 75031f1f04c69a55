// `npm run bench:http`: a commerce replica against servers that do nothing but answer the same bytes.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { canPin, pin, processCpuMs } from './http/pinning.mjs';
import { AS_IT_IS, choosePages, recordAnswers, startBare, startShop } from './http/servers.mjs';
import { httpReport } from './lib/http-report.mjs';
import { endAfter, readOptions, say } from './lib/options.mjs';
import { prepareBench } from './lib/prepare.mjs';
import { publish } from './lib/report.mjs';
import { interleaved } from './lib/stats.mjs';

const SERVER_CORE = 0;
const CLIENT_CORE = 1;
/** As Fastify's own benchmark: enough requests under way that the server is what limits them. */
const LOAD = { connections: 100, pipelining: 10 };

const options = readOptions(['http']);
const size = options.isQuick
  ? { rounds: 2, seconds: 1, warmUpSeconds: 1 }
  : { rounds: 5, seconds: 5, warmUpSeconds: 3 };
const began = Date.now();
endAfter(20);
await prepareBench({ needsBuild: options.needsBuild, needsContestants: false });

say('starting the shop');
const servers = [await startShop()];
const client = fork(fileURLToPath(new URL('http/load-process.mjs', import.meta.url)), {
  execArgv: [],
});
try {
  const [shop] = servers;
  const pages = await choosePages(shop.url);
  const answers = await recordAnswers(shop.url, pages);
  for (const kind of ['nest', 'fastify']) servers.unshift(await startBare(kind, answers));
  for (const server of servers) await pin(server.pid, SERVER_CORE);
  await pin(client.pid, CLIENT_CORE);
  const cases = casesOf(servers, pages, answers);
  for (const one of cases) await verify(one);
  for (const one of cases) {
    say(`warming up ${one.server.name}, ${one.page}, ${one.status}`);
    await load(one, size.warmUpSeconds);
  }
  const samples = await interleaved(size.rounds, cases, async (one, round) => {
    say(`${one.server.name}, ${one.page}, ${one.status}, round ${round}`);
    return measure(one);
  });
  const bytes = Object.fromEntries(
    Object.entries(pages).map(([page, path]) => [page, Buffer.byteLength(answers[path].body)]),
  );
  const setting = { ...LOAD, canPin, bytes, redisVersion: shop.redisVersion };
  publish(httpReport(samples, setting, options), options.outFile);
} finally {
  client.kill('SIGKILL');
  for (const server of servers) await server.stop();
}
say(`took ${Math.round((Date.now() - began) / 1_000)} s`);
process.exit(0);

function casesOf(all, pages, answers) {
  return Object.entries(pages).flatMap(([page, path]) =>
    [200, 304].flatMap((status) =>
      all.map((server) => ({
        ...{ server, page, status, answer: answers[path], url: `${server.url}${path}` },
        headers: status === 304 ? { 'if-none-match': answers[path].etag } : {},
      })),
    ),
  );
}

/** The contest is about the same bytes. */
async function verify({ url, headers, status, answer, server }) {
  const response = await fetch(url, { headers: { ...AS_IT_IS, ...headers } });
  const body = await response.text();
  const isRight = response.status === status && (status === 304 || body === answer.body);
  if (!isRight) throw new Error(`${server.name} answers ${url} with ${response.status} ${body}`);
}

async function measure(one) {
  const before = await processCpuMs(one.server.pid);
  const { answers, others, seconds, p99Ms } = await load(one, size.seconds);
  const cpuMs = (await processCpuMs(one.server.pid)) - before;
  if (others > 0) throw new Error(`${one.server.name}: ${others} answers were not ${one.status}`);
  return {
    perSecond: answers / seconds,
    cpuUs: (cpuMs * 1_000) / answers,
    busy: cpuMs / (seconds * 1_000),
    p99Ms,
  };
}

function load({ url, headers, status }, seconds) {
  return new Promise((resolve, reject) => {
    client.once('exit', () => reject(new Error('the client ended')));
    client.once('message', (result) => {
      client.removeAllListeners('exit');
      resolve(result);
    });
    client.send({ url, headers, status, seconds, ...LOAD });
  });
}
