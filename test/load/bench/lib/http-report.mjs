// The table of `bench:http`, and its targets.
import { machineLine, ratio, table, target } from './report.mjs';
import { median } from './stats.mjs';

const BARE = 'bare Fastify';
const OURS = 'Lockstep';
/** A server below this share of its core was waiting for the client. */
const BUSY = 0.9;

/** `samples`: a Map from case to the figures of its rounds. */
export function httpReport(samples, setting, { isQuick }) {
  const { connections, pipelining, canPin, bytes, redisVersion } = setting;
  const figures = [...samples].map(([{ server, page, status }, rounds]) => ({
    ...{ server: server.name, page, status },
    perSecond: median(rounds.map((round) => round.perSecond)),
    cpuUs: median(rounds.map((round) => round.cpuUs)),
    busy: median(rounds.map((round) => round.busy)),
  }));
  const find = (server, { page, status }) =>
    figures.find((one) => one.server === server && one.page === page && one.status === status);
  const rows = figures.map((one) => {
    const bare = find(BARE, one);
    return [
      `${one.page}, ${bytes[one.page].toLocaleString('en')} bytes`,
      one.status,
      one.server,
      Math.round(one.perSecond).toLocaleString('en'),
      ratio(one.perSecond, bare.perSecond),
      `${one.cpuUs.toFixed(1)} us`,
      ratio(bare.cpuUs, one.cpuUs),
      `${Math.round(one.busy * 100)} %`,
    ];
  });
  const cores = canPin ? 'server on one core, client on another' : 'no core is reserved for either';
  return [
    '## HTTP\n',
    `\`npm run bench:http${isQuick ? ' -- --quick' : ''}\` on ${machineLine({ redisVersion })}. ${connections} connections, ${pipelining} requests under way on each, ${cores}; rounds interleaved, medians. The bare servers send the body, its type, \`ETag\` and \`Cache-Control\` of the replica's answer from memory and compare \`If-None-Match\`; nothing else.\n`,
    table(
      [
        'page',
        'status',
        'server',
        'requests / s',
        'x bare Fastify',
        'CPU per request',
        'x bare Fastify',
        'busy',
      ],
      rows,
    ),
    '\n### Targets of HTTP\n',
    table(['wanted', 'measured', 'verdict'], targets(figures, find)),
    '\n- CPU per request: user and system time of all threads of the server, by the answers of the run; its "x bare Fastify" is speed per CPU time, so more is better in both columns.\n- Busy: share of one core that the server used; below 90 % the client, or other work of the machine, was the limit, and the target is judged by CPU per request.',
  ].join('\n');
}

function targets(figures, find) {
  const ours = figures.filter(({ server }) => server === OURS);
  return [
    ...ours
      .filter(({ status }) => status === 200)
      .map((one) => {
        const bare = find(BARE, one);
        const perSecond = one.perSecond / bare.perSecond;
        const perCpu = bare.cpuUs / one.cpuUs;
        // Requests per second say nothing about servers that wait for the client.
        const isServerBound = bare.busy >= BUSY && one.busy >= BUSY;
        return target(
          `${one.page}: output-cache hit >= 0.9 x bare Fastify`,
          `${perSecond.toFixed(2)}, per CPU time ${perCpu.toFixed(2)}`,
          (isServerBound ? perSecond : perCpu) >= 0.9,
        );
      }),
    ...ours
      .filter(({ status }) => status === 304)
      .map((one) => {
        const full = find(OURS, { page: one.page, status: 200 });
        return target(
          `${one.page}: a 304 faster than a 200`,
          `${ratio(one.perSecond, full.perSecond)}, per CPU time ${ratio(full.cpuUs, one.cpuUs)}`,
          one.busy >= BUSY && full.busy >= BUSY
            ? one.perSecond > full.perSecond
            : one.cpuUs < full.cpuUs,
        );
      }),
  ];
}
