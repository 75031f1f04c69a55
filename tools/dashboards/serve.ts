import { once } from 'node:events';
import { parseDuration } from '#libs/scaling';
import { parseArguments } from '../parse-arguments.js';
import { UsageError } from '../usage-error.js';
import { DashboardServer } from './page/dashboard-server.js';
import { readDashboards } from './page/grafana-dashboard.js';

const USAGE = `usage: npm run dashboards -- --prometheus http://127.0.0.1:9090
  [--port 3009] [--scrape-interval 15s] [--folder docker/grafana/dashboards]`;
const MAX_PORT = 65_535;

const OPTIONS = {
  prometheus: { type: 'string' },
  port: { type: 'string', default: '3009' },
  'scrape-interval': { type: 'string', default: '15s' },
  folder: { type: 'string', default: 'docker/grafana/dashboards' },
} as const;

/** `npm run dashboards`: a page that draws the dashboards of Grafana, without Grafana. Ends with Ctrl-C. */
export async function run(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { folder, port, ...from } = readArguments(args);
  const options = { dashboards: readDashboards(folder), ...from };
  const server = await DashboardServer.listen(options, port).catch((cause: Error) => {
    throw new UsageError(cause.message, { cause });
  });
  print(`dashboards of ${new URL(from.prometheusUrl).host}: ${server.url}`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await server.close();
  return 0;
}

function readArguments(args: readonly string[]) {
  const { values, positionals } = parseArguments(args, OPTIONS, USAGE);
  const { prometheus = '', folder } = values;
  const scrapeMs = parseDuration(values['scrape-interval']) ?? 0;
  const isUsable = /^\d{1,5}$/.test(values.port) && Number(values.port) <= MAX_PORT;
  const isUrl = URL.canParse(prometheus) && /^https?:/.test(prometheus);
  if (positionals.length > 0 || scrapeMs < 1_000 || !isUsable || !isUrl)
    throw new UsageError(USAGE);
  return {
    folder,
    port: Number(values.port),
    prometheusUrl: prometheus,
    scrapeS: scrapeMs / 1_000,
  };
}
