const deployment = 'test/container/deployment.spec.ts';
const alerts = 'test/container/alerts.spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'docker: a replica has a name of its own',
    promise: 'docker-compose.scale.yml: services that scale have no container_name',
    file: 'docker-compose.scale.yml',
    replace: [
      [
        '  commerce:\n    <<: *replica\n',
        '  commerce:\n    <<: *replica\n    container_name: commerce\n',
      ],
    ],
    suites: [deployment],
  },
  {
    name: 'docker: SQL Server is on the network of the door',
    promise: 'docker-compose.scale.yml: keeps SQL Server apart',
    file: 'docker-compose.scale.yml',
    replace: [
      [
        '      - sqlserver-data:/var/opt/mssql\n    networks: [data]',
        '      - sqlserver-data:/var/opt/mssql\n    networks: [edge, data]',
      ],
    ],
    suites: [deployment],
  },
  {
    name: 'docker: Redis is on the network of the door',
    promise: 'docker-compose.scale.yml: keeps Redis apart',
    file: 'docker-compose.scale.yml',
    replace: [
      [
        '      - redis-data:/data\n    networks: [data]',
        '      - redis-data:/data\n    networks: [edge, data]',
      ],
    ],
    suites: [deployment],
  },
  {
    name: 'docker: the network of the data has a way out',
    promise: 'docker-compose.scale.yml: no way in or out of the host',
    file: 'docker-compose.scale.yml',
    replace: [['    internal: true', '    internal: false']],
    suites: [deployment],
  },
  {
    name: 'docker: Redis is published',
    promise: 'docker-compose.scale.yml: publishes no port',
    file: 'docker-compose.scale.yml',
    replace: [
      [
        '  redis:\n    image: redis:8.0\n',
        '  redis:\n    image: redis:8.0\n    ports: ["6379:6379"]\n',
      ],
    ],
    suites: [deployment],
  },
  {
    name: 'docker: replicas wait for the migration',
    promise: 'docker-compose.scale.yml: no one-shot service stands before a replica',
    file: 'docker-compose.scale.yml',
    replace: [
      [
        '    depends_on: &after-redis\n',
        '    depends_on: &after-redis\n      migrate:\n        condition: service_completed_successfully\n',
      ],
    ],
    suites: [deployment],
  },
  {
    name: 'docker: a replica is killed while it drains',
    promise: 'docker-compose.scale.yml: stop_grace_period longer than SHUTDOWN_TIMEOUT_MS',
    file: 'docker-compose.scale.yml',
    replace: [["  SHUTDOWN_TIMEOUT_MS: '10000'", "  SHUTDOWN_TIMEOUT_MS: '60000'"]],
    suites: [deployment],
  },
  {
    name: 'docker: a key that no replica knows',
    promise: 'docker-compose.scale.yml: sets no key that the replicas do not know',
    file: 'docker-compose.scale.yml',
    replace: [['  CACHE_MAX_BYTES: ', '  CACHE_MAX_BYTE: ']],
    suites: [deployment],
  },
  {
    name: 'docker: a variable without a default',
    promise: 'docker-compose.scale.yml: gives every variable a default',
    file: 'docker-compose.scale.yml',
    replace: [['${LOG_LEVEL:-info}', '${LOG_LEVEL}']],
    suites: [deployment],
  },
  {
    name: 'docker: a password in the environment',
    promise: 'docker-compose.scale.yml: no secret is in an environment',
    file: 'docker-compose.scale.yml',
    replace: [
      [
        '      SQLSERVER_HOST: sqlserver\n',
        '      SQLSERVER_HOST: sqlserver\n      SQLSERVER_PASSWORD: sa\n',
      ],
    ],
    suites: [deployment],
  },
  {
    name: 'docker: a secret that nobody writes',
    promise: 'docker/prepare-secrets.sh: writes every secret that is used',
    file: 'docker/prepare-secrets.sh',
    replace: [['write staff_password "$(random)"\n', '']],
    suites: [deployment],
  },
  {
    name: 'docker: a container without a limit',
    promise: 'docker-compose.scale.yml: stays within its memory',
    file: 'docker-compose.scale.yml',
    replace: [['    mem_limit: 768m\n', '    mem_limit: plenty\n']],
    suites: [deployment],
  },
  {
    name: 'docker: the image runs as root',
    promise: 'docker/Dockerfile: USER node',
    file: 'docker/Dockerfile',
    replace: [['\nUSER node\n', '\nUSER root\n']],
    suites: [deployment],
  },
  {
    name: 'docker: the image does not say how it is',
    promise: 'docker/Dockerfile: HEALTHCHECK',
    file: 'docker/Dockerfile',
    replace: [['CMD ["node", "healthcheck.mjs"]', 'CMD ["true"]']],
    suites: [deployment],
  },
  {
    name: 'docker: a role starts the other',
    promise: 'docker-compose.scale.yml: runs what the image contains',
    file: 'docker-compose.scale.yml',
    replace: [['dist/replicas/commerce.js', 'dist/replicas/authoring.js ']],
    suites: [deployment],
  },
  {
    name: 'docker: migrations begin before there is a database',
    promise: 'docker-compose.scale.yml: migrates after the database exists',
    file: 'docker-compose.scale.yml',
    replace: [
      [
        '      database:\n        condition: service_completed_successfully\n',
        '      database:\n        condition: service_started\n',
      ],
    ],
    suites: [deployment],
  },
  {
    name: 'docker: a replica that does not connect is waited for',
    promise: 'haproxy.cfg: moves on within 250 ms',
    file: 'docker/loadbalancer/haproxy.cfg',
    replace: [['timeout connect 250ms', 'timeout connect 5s']],
    suites: [deployment],
  },
  {
    name: 'docker: a replica that refuses is tried again',
    promise: 'haproxy.cfg: option redispatch',
    file: 'docker/loadbalancer/haproxy.cfg',
    replace: [['    option redispatch 1\n', '']],
    suites: [deployment],
  },
  {
    name: 'docker: one address is several replicas',
    promise: 'haproxy.cfg: each address once',
    file: 'docker/loadbalancer/haproxy.cfg',
    replace: [
      [
        'dynamic-cookie-key lockstep\n    ignore-persist if { url_param(transport) websocket } !{ url_param(sid) -m found }\n    http-after-response replace-header Set-Cookie ^(LOCKSTEP_PUSH=[^;]*;\\ path=/)(.*)$ \\1socket.io/\\2\n    server-template commerce 20 commerce:3000\n',
        'dynamic-cookie-key lockstep\n    ignore-persist if { url_param(transport) websocket } !{ url_param(sid) -m found }\n    http-after-response replace-header Set-Cookie ^(LOCKSTEP_PUSH=[^;]*;\\ path=/)(.*)$ \\1socket.io/\\2\n    server-template commerce 20 commerce:3001\n',
      ],
    ],
    suites: [deployment],
  },
  {
    name: 'docker: Socket.IO goes to the backend that is not sticky',
    promise: 'haproxy.cfg: is sticky for Socket.IO',
    file: 'docker/loadbalancer/haproxy.cfg',
    replace: [
      [
        '    use_backend commerce_push if { path_beg /socket.io/ } { nbsrv(commerce_push) gt 0 }\n',
        '',
      ],
    ],
    suites: [deployment],
  },
  {
    name: 'docker: requests of authoring are not sent on when all are unready',
    promise: 'haproxy.cfg: sends on to all when none is ready',
    file: 'docker/loadbalancer/haproxy.cfg',
    replace: [['    use_backend authoring_unchecked if { nbsrv(authoring) eq 0 }\n', '']],
    suites: [deployment],
  },
  {
    name: 'docker: Redis forgets when it stops',
    promise: 'redis.conf: keeps what it acknowledged',
    file: 'docker/redis/redis.conf',
    replace: [['appendonly yes', 'appendonly no']],
    suites: [deployment],
  },
  {
    name: 'docker: Redis evicts',
    promise: 'redis.conf: never evicts',
    file: 'docker/redis/redis.conf',
    replace: [['maxmemory-policy noeviction', 'maxmemory-policy allkeys-lru']],
    suites: [deployment],
  },
  {
    name: 'docker: a silent subscriber fills Redis',
    promise: 'redis.conf: bounds what a silent subscriber may pile up',
    file: 'docker/redis/redis.conf',
    replace: [
      ['client-output-buffer-limit pubsub 32mb 8mb 60', 'client-output-buffer-limit pubsub 0 0 0'],
    ],
    suites: [deployment],
  },
  {
    name: 'docker: an alert names a metric that is gone',
    promise: 'alerts.yml: names no metric that the replicas do not have',
    file: 'libs/http/src/http.metrics.ts',
    replace: [["'lockstep_http_requests_total'", "'lockstep_http_answers_total'"]],
    suites: [alerts],
  },
  {
    name: 'docker: an alert is proven by no test',
    promise: 'alerts.yml: has for each alert a fault that it must tell of',
    file: 'docker/prometheus/alerts.yml',
    replace: [['alert: RoleWithoutReplica\n', 'alert: RoleWithoutAnyReplica\n']],
    suites: [alerts],
  },
];
