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

/**
 * What Redis says of its memory, asked when the metrics are read. While it does not answer, the series are not there: what was
 * true a while ago is no ground to alarm, or not to. That it does not answer is told by other series.
 */
export function registerServerGauges(metrics: Metrics, connections: RedisConnections): void {
  const gauges = metrics.register(redisServerMetrics, {
    // One question serves all three; the other two are set along with the first.
    evictedKeys: async () => {
      const info = await askInfo(connections);
      for (const name of Object.keys(LINES) as Line[]) {
        const value = valueIn(info, LINES[name]);
        if (value === undefined) gauges[name].remove();
        else gauges[name].set(value);
      }
    },
  });
}

async function askInfo(connections: RedisConnections): Promise<string> {
  const client = connections.open('commands');
  if (client.status !== 'ready') return '';
  return client.info().catch(() => '');
}

function valueIn(info: string, line: string): number | undefined {
  const text = new RegExp(`^${line}:(\\d+)\\r?$`, 'm').exec(info)?.[1];
  return text === undefined ? undefined : Number(text);
}
