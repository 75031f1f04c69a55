import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Metrics } from '#libs/observability';

const root = fileURLToPath(new URL('../..', import.meta.url));
const DECLARED = /type: '(\w+)',\s*name: '(lockstep_\w+)',(.*?)\n {2}\}/gs;
/** What Prometheus, and every replica, adds to a series. */
const ADDED = ['role', 'instance', 'job'];
/** What the dashboards and alerts read of HAProxy and of Prometheus itself. */
const OF_OTHERS: readonly (readonly [name: string, labels: readonly string[]])[] = [
  ['haproxy_backend_active_servers', ['proxy']],
  ['haproxy_backend_redispatch_warnings_total', ['proxy']],
  ['haproxy_frontend_http_requests_total', ['proxy']],
  ['haproxy_frontend_http_responses_total', ['proxy', 'code']],
  ['up', []],
];
const SUFFIXES = { histogram: ['_bucket', '_sum', '_count'], summary: ['', '_sum', '_count'] };

/** The names of all series that a query may read, each with its labels. */
export async function declaredSeries(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const series = new Map<string, ReadonlySet<string>>();
  const declare = (type: string, name: string, labels: readonly string[]) => {
    const suffixes = type in SUFFIXES ? SUFFIXES[type as keyof typeof SUFFIXES] : [''];
    for (const suffix of suffixes) {
      const le = suffix === '_bucket' ? ['le'] : [];
      series.set(name + suffix, new Set([...labels, ...ADDED, ...le]));
    }
  };
  for (const file of globSync('libs/*/src/**/*.metrics.ts', { cwd: root })) {
    for (const [, type = '', name = '', rest = ''] of readFileSync(
      `${root}/${file}`,
      'utf8',
    ).matchAll(DECLARED)) {
      const labels = /labels: \[([^\]]*)\]/.exec(rest)?.[1] ?? '';
      declare(
        type,
        name,
        [...labels.matchAll(/'(\w+)'/g)].map(([, label]) => label ?? ''),
      );
    }
  }
  const ofProcess = new Metrics();
  ofProcess.collectProcessMetrics();
  const { body } = await ofProcess.render();
  for (const [, name = '', type = ''] of body.matchAll(/^# TYPE (\w+) (\w+)$/gm)) {
    if (!series.has(name)) declare(type, name, ['kind', 'type', 'space']);
  }
  for (const [name, labels] of OF_OTHERS) declare('gauge', name, labels);
  return series;
}

const WORDS = /\{[^}]*\}|\[[^\]]*\]|"[^"]*"|\b(?:by|on|ignoring|without) ?\([^)]*\)/g;
const FUNCTION_OR_WORD = /^(?:[a-z]+(?:_[a-z]+)*(?= ?\()|and|or|unless|bool|e\d*)$/;

/** What a query of PromQL reads that is not there: names of series, and labels that none of them has. */
export function unknownIn(
  expr: string,
  series: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const bare = expr.replaceAll(WORDS, ' ');
  const names = [...bare.matchAll(/\b[a-z]\w*\b(?!\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !FUNCTION_OR_WORD.test(name));
  const problems = names.filter((name) => !series.has(name));
  for (const [, name = '', matchers = ''] of expr.matchAll(/\b([a-z]\w*)\{([^}]*)\}/g)) {
    for (const [, label = ''] of matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)) {
      if (series.get(name)?.has(label) === false) problems.push(`${name}{${label}}`);
    }
  }
  for (const [, list = ''] of expr.matchAll(/\bby ?\(([^)]*)\)/g)) {
    for (const label of list.split(',').map((each) => each.trim())) {
      const isThere = names.some((name) => series.get(name)?.has(label));
      if (!isThere) problems.push(`by (${label})`);
    }
  }
  return names.length === 0 ? ['no series'] : problems;
}
