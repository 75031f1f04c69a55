import type { Metrics } from '#libs/observability';
import type { RedisConnections } from './redis-connections.js';
import { redisServerMetrics } from './redis.metrics.js';

/** The lines of `INFO` that the gauges are read from. */
const LINES = {
  evictedKeys: 'evicted_keys',
  usedBytes: 'used_memory',
  maxBytes: 'maxmemory',
} as const;
type Line = keyof typeof LINES;

interface ServerInfo {
  /** None, where there is one server. */
  readonly labels: { readonly node?: string };
  readonly info: string;
}

/**
 * What Redis says of its memory, asked when the metrics are read; of a cluster, what each node says. While one does not answer, its series
 * are not there: what was true a while ago is no ground to alarm, or not to. That it does not answer is told by other series.
 */
export function registerServerGauges(metrics: Metrics, connections: RedisConnections): void {
  const gauges = metrics.register(redisServerMetrics, {
    // One question to a server serves all three; the other two are set along with the first.
    evictedKeys: async () => {
      const infos = await askInfos(connections);
      for (const name of Object.keys(LINES) as Line[]) {
        gauges[name].reset();
        for (const { labels, info } of infos) {
          const value = valueIn(info, LINES[name]);
          if (value !== undefined) gauges[name].set(labels, value);
        }
      }
    },
  });
}

async function askInfos(connections: RedisConnections): Promise<readonly ServerInfo[]> {
  if (connections.cluster !== undefined) {
    const nodes = await connections.cluster.infos();
    return nodes.map(({ address, info = '' }) => ({ labels: { node: address }, info }));
  }
  const client = connections.open('commands');
  if (client.status !== 'ready') return [];
  return [{ labels: {}, info: await client.info().catch(() => '') }];
}

function valueIn(info: string, line: string): number | undefined {
  const text = new RegExp(`^${line}:(\\d+)\\r?$`, 'm').exec(info)?.[1];
  return text === undefined ? undefined : Number(text);
}
