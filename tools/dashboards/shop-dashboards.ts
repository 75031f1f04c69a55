import type { Dashboard } from './dashboard.js';
import { now, one, panel, quantile, rate, REPLICA } from './panel.js';

/** Of what shoppers and staff ask for, and of what it is asked of. */
export const shopDashboards: readonly Dashboard[] = [
  {
    name: 'shop',
    title: 'shop',
    panels: [
      panel(
        'Checkouts',
        'reqps',
        'By answer: 201 is an order, 409 has changed meanwhile, 5xx is ours.',
        [
          one(
            '{{status}}',
            rate('lockstep_http_requests_total', 'status', ',method="POST",route=~".*/checkout"'),
          ),
        ],
      ),
      panel('Checkout (p50, p99)', 's', 'Until it is answered.', [
        one('p50', checkoutQuantile(0.5)),
        one('p99', checkoutQuantile(0.99)),
      ]),
      panel('Carts and search', 'reqps', 'By route.', [
        one(
          '{{method}} {{route}}',
          rate(
            'lockstep_http_requests_total',
            'method,route',
            ',route=~".*/(carts|search|products).*"',
          ),
        ),
      ]),
      panel(
        'Refused by a limit',
        'ops',
        'Growing with ordinary traffic: raise LIMIT_*, or set TRUSTED_PROXIES.',
        [one('{{limit}}', rate('lockstep_limits_refused_total', 'limit'))],
      ),
      panel('Search behind', 's', 'How old what lists show is.', [
        one('{{store}}', now('max', 'lockstep_search_behind_seconds', 'store')),
      ]),
      panel('Products in the index', 'short', 'Of one replica.', [
        one('{{store}}', now('max', 'lockstep_search_index_products', 'store')),
      ]),
      panel('Memory of the index', 'bytes', 'Of one replica, beside the cache.', [
        one('{{store}}', now('max', 'lockstep_search_index_bytes', 'store')),
        one('bound of all', now('min', 'lockstep_search_index_max_bytes', 'role')),
      ]),
      panel('Sockets, and what they watch', 'short', 'Shoppers and staff.', [
        one('sockets {{role}}', now('sum', 'lockstep_push_sockets', 'role')),
        one('watches {{role}}', now('sum', 'lockstep_push_watches', 'role')),
      ]),
      panel('Pushed', 'ops', 'By event; refused and ended connections by reason.', [
        one('{{event}}', rate('lockstep_push_emits_total', 'event')),
        one('refused {{code}}', rate('lockstep_push_refusals_total', 'code')),
        one('ended {{reason}}', rate('lockstep_push_ended_total', 'reason')),
      ]),
      panel('Ledgers that differ', 'short', 'Counted once a day: see LedgerDiffers.', [
        one('{{ledger}}', 'sum by (ledger) (increase(lockstep_ledger_differences_total[1d]))'),
      ]),
    ],
  },
  {
    name: 'http',
    title: 'HTTP',
    panels: [
      panel('Requests', 'reqps', 'Answers sent ahead of the router are among them.', [
        one('{{role}}', rate('lockstep_http_requests_total', 'role')),
      ]),
      panel(
        'Errors',
        'percentunit',
        'Share of answers with 5xx.',
        [
          one(
            '{{role}}',
            `${rate('lockstep_http_requests_total', 'role', ',status=~"5.."')} / ${rate('lockstep_http_requests_total', 'role')}`,
          ),
        ],
        0.01,
      ),
      panel(
        'Duration (p50, p99)',
        's',
        'Without answers sent ahead of the router, which take microseconds.',
        [
          one('p50 {{role}}', quantile(0.5, 'lockstep_http_request_duration_seconds', 'role')),
          one('p99 {{role}}', quantile(0.99, 'lockstep_http_request_duration_seconds', 'role')),
        ],
      ),
      panel('Slowest routes (p99)', 's', 'The ten slowest.', [
        one(
          '{{method}} {{route}}',
          `topk(10, ${quantile(0.99, 'lockstep_http_request_duration_seconds', 'method,route')})`,
        ),
      ]),
      panel('Busiest routes', 'reqps', 'The ten busiest.', [
        one(
          '{{method}} {{route}}',
          `topk(10, ${rate('lockstep_http_requests_total', 'method,route')})`,
        ),
      ]),
      panel('Refused, and failed', 'reqps', 'Answers from 400 on, by status.', [
        one(
          '{{role}} {{status}}',
          rate('lockstep_http_requests_total', 'role,status', ',status=~"[45].."'),
        ),
      ]),
      panel('Under way', 'short', 'Requests that are not answered yet.', [
        one(REPLICA, now('sum', 'lockstep_http_requests_in_flight', 'role,instance')),
      ]),
      panel('At the door', 'reqps', 'What the load balancer answers, its own refusals included.', [
        one(
          '{{proxy}} {{code}}',
          'sum by (proxy, code) (rate(haproxy_frontend_http_responses_total{proxy=~"commerce|authoring"}[$__rate_interval]))',
        ),
      ]),
      panel('Sent on to another replica', 'ops', 'A replica refused the connection.', [
        one(
          '{{proxy}}',
          'sum by (proxy) (rate(haproxy_backend_redispatch_warnings_total[$__rate_interval]))',
        ),
      ]),
    ],
  },
  {
    name: 'redis',
    title: 'Redis',
    panels: [
      panel('Connections', 'bool', '1 while the connection is up, by what it is for.', [
        one('{{role}} {{purpose}}', now('min', 'lockstep_redis_connected', 'role,purpose')),
      ]),
      panel('Outages', 'ops', 'Connections that were lost.', [
        one('{{role}} {{purpose}}', rate('lockstep_redis_outages_total', 'role,purpose')),
      ]),
      panel('Memory', 'bytes', 'What Redis uses, and what it may use.', [
        one('used', 'max(lockstep_redis_used_bytes)'),
        one('may use', 'max(lockstep_redis_max_bytes)'),
      ]),
      panel('Evicted keys', 'short', 'Since Redis was started; 0 with the policy noeviction.', [
        one('evicted', 'max(lockstep_redis_evicted_keys)'),
      ]),
      panel('Shared cache', 'ops', 'What replicas keep for one another.', [
        one(
          '{{region}} {{operation}} {{result}}',
          rate('lockstep_shared_cache_operations_total', 'region,operation,result'),
        ),
      ]),
      panel('Shared cache, failures', 'ops', 'By reason.', [
        one('{{reason}}', rate('lockstep_shared_cache_failures_total', 'reason')),
      ]),
      panel(
        'Circuit',
        'bool',
        '1 while Redis is not asked, because it does not answer: SQL carries its load.',
        [one(REPLICA, now('max', 'lockstep_shared_cache_circuit_open', 'role,instance'))],
      ),
      panel('Sockets linked', 'bool', '1 while sockets of all replicas hear of one another.', [
        one(REPLICA, now('min', 'lockstep_push_linked', 'role,instance')),
      ]),
      panel(
        'Limits told to the fleet',
        'ops',
        'Without Redis each replica grants a quota of its own.',
        [one('{{outcome}}', rate('lockstep_limits_reports_total', 'outcome'))],
      ),
      panel('Clients that limits know of', 'short', 'In the memory of each replica.', [
        one(REPLICA, now('max', 'lockstep_limits_clients', 'role,instance')),
      ]),
    ],
  },
  {
    name: 'sql',
    title: 'SQL',
    panels: [
      panel('Statements', 'ops', 'Reads and writes that the database answered.', [
        one('{{role}} {{kind}}', rate('lockstep_sql_statement_seconds_count', 'role,kind')),
      ]),
      panel('A statement takes (p99)', 's', 'Without the wait for a thread or a connection.', [
        one('{{role}} {{kind}}', quantile(0.99, 'lockstep_sql_statement_seconds', 'role,kind')),
      ]),
      panel('Slow statements', 'ops', 'The log says which: a slow statement.', [
        one('{{role}} {{kind}}', rate('lockstep_sql_slow_statements_total', 'role,kind')),
      ]),
      panel('Loads', 'ops', 'What the cache does not hold is asked of the database.', [
        one('{{reader}}', rate('lockstep_cache_loads', 'reader')),
      ]),
      panel('A load takes', 's', 'On average, waiting for a connection included.', [
        one(
          '{{reader}}',
          `${rate('lockstep_cache_load_seconds', 'reader')} / ${rate('lockstep_cache_loads', 'reader')}`,
        ),
      ]),
      panel(
        'Loads that wait',
        'short',
        'For a place among CACHE_MAX_LOADS; those that have one ask the database.',
        [one('{{state}}', now('sum', 'lockstep_cache_loads_under_way', 'state'))],
      ),
      panel(
        'Looks into the log',
        'ops',
        'One a second in each replica, and more for requests with a position.',
        [one(REPLICA, rate('lockstep_cache_follows', 'role,instance'))],
      ),
      panel('Refused, because the database was away or busy', 'reqps', 'Answers with 503.', [
        one('{{route}}', rate('lockstep_http_requests_total', 'route', ',status="503"')),
      ]),
      panel('Rows of jobs', 'short', 'What workers and dispatchers go through.', [
        one('{{state}}', now('max', 'lockstep_jobs_outbox_depth', 'state')),
      ]),
    ],
  },
];

function checkoutQuantile(share: number): string {
  const buckets = rate(
    'lockstep_http_request_duration_seconds_bucket',
    'le',
    ',method="POST",route=~".*/checkout"',
  );
  return `histogram_quantile(${share}, ${buckets})`;
}
