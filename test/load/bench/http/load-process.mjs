// The client of the contest, in a process of its own so that it can be kept away from the server's core.
import autocannon from 'autocannon';

process.on('disconnect', () => process.exit(0));
process.on('message', (order) => void carryOut(order));

async function carryOut({ url, headers, status, seconds, connections, pipelining }) {
  const result = await autocannon({
    ...{ url, headers, connections, pipelining, duration: seconds, timeout: 10 },
  });
  const answers = result.statusCodeStats[status]?.count ?? 0;
  const all = Object.values(result.statusCodeStats).reduce((sum, { count }) => sum + count, 0);
  process.send({
    answers,
    others: all - answers + result.errors + result.timeouts,
    seconds: result.duration,
    p99Ms: result.latency.p99,
  });
}
