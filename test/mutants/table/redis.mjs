const options = 'libs/redis/src/connection-options.ts';
const optionsSpec = 'libs/redis/src/connection-options.spec.ts';
const handshake = 'libs/push/src/sockets/handshake-policy.ts';
const handshakeSpec = 'libs/push/src/sockets/handshake-policy.spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'redis: a socket on which nothing arrives stays',
    promise: 'connectionOptions: a longer silence is a dead socket',
    file: options,
    replace: [['    socketTimeout: 15_000,\n', '']],
    suites: [optionsSpec],
    isQuick: true,
  },
  {
    name: 'redis: commands wait while Redis is away',
    promise: 'connectionOptions: commands and publishers fail at once while Redis is away',
    file: options,
    replace: [['  enableOfflineQueue: false,\n', '']],
    suites: [optionsSpec],
  },
  {
    name: 'redis: an answer is awaited without end',
    promise: 'connectionOptions: no answer is awaited longer than the command timeout',
    file: options,
    replace: [['{ ...failFast, commandTimeout: commandTimeoutMs }', '{ ...failFast }']],
    suites: [optionsSpec],
  },
  {
    name: 'redis: what was under way is sent again',
    promise: 'connectionOptions: nothing is sent again',
    file: options,
    replace: [['  autoResendUnfulfilledCommands: false,\n', '']],
    suites: [optionsSpec],
  },
  {
    name: 'redis: subscribers give up',
    promise: 'connectionOptions: subscribers and workers wait for ever',
    file: options,
    replace: [['return { maxRetriesPerRequest: null };', 'return { maxRetriesPerRequest: 1 };']],
    suites: [optionsSpec],
  },
  {
    name: 'redis: those who wait for commands wait five seconds',
    promise: 'connectionOptions: served slower only until Redis is found again',
    file: options,
    replace: [['{ ...RECONNECT, maxMs: 1000 }', 'RECONNECT']],
    suites: [optionsSpec],
  },
  {
    name: 'redis: another connection to the demoted primary is kept',
    promise: 'connectionOptions: after a failover the old primary answers READONLY',
    file: options,
    replace: [["error.message.startsWith('READONLY')", "error.message === ''"]],
    suites: [optionsSpec],
  },
  {
    name: 'redis: a certificate is not checked for the host',
    promise: 'connectionOptions: the certificate is checked against what was connected to',
    file: options,
    replace: [["...(url.kind === 'standalone' ? { servername: url.host } : {}),", '']],
    suites: [optionsSpec],
  },
  {
    name: 'redis: a silent Sentinel is waited for',
    promise: 'connectionOptions: a Sentinel that does not answer: the next one is asked',
    file: options,
    replace: [['    sentinelCommandTimeout: SENTINEL_TIMEOUT_MS,\n', '']],
    suites: [optionsSpec],
  },
  {
    name: 'redis: two installations share their queues',
    promise: 'RedisNames: two installations can share a server',
    file: 'libs/redis/src/redis-names.ts',
    replace: [['`{${channelPrefix}:jobs}`', "'{jobs}'"]],
    suites: ['libs/redis/src/redis-names.spec.ts'],
  },
  {
    name: 'push: a token in the URL is taken',
    promise: 'refusalOf: a token belongs into the handshake, not into the URL',
    file: handshake,
    replace: [['return hasSecret ?', "return allowedOrigins.includes('-') ?"]],
    suites: [handshakeSpec],
    isQuick: true,
  },
  {
    name: 'push: pages of any origin connect',
    promise: 'refusalOf: the origin is not allowed',
    file: handshake,
    replace: [['if (origin !== undefined && !isAllowed', "if (origin === '-' && !isAllowed"]],
    suites: [handshakeSpec],
  },
  {
    name: 'push: pages of the own origin do not connect',
    promise: 'isAllowedOrigin: pages of the own origin',
    file: handshake,
    replace: [['URL.canParse(origin) && new URL(origin).host === host', 'host === undefined']],
    suites: [handshakeSpec],
  },
  {
    name: 'redis: a replica shows no certificate',
    promise: 'REDIS_TLS_CERT: what this replica shows to a Redis which asks for one',
    file: 'libs/redis/src/connection-options.ts',
    replace: [['...(cert === undefined ? {} : { cert }),', '']],
    suites: ['libs/redis/src/redis-tls.int-spec.ts'],
  },
  {
    name: 'redis: a key of another certificate is found out by every connection',
    promise: 'requireKeyPair: stops the start',
    file: 'libs/redis/src/require-key-pair.ts',
    replace: [['createSecureContext({ cert, key });', 'createSecureContext({ cert });']],
    suites: ['libs/redis/src/redis-tls.int-spec.ts'],
  },
  {
    name: 'config: an authority is left unused without TLS',
    promise: 'checkRedisTls: what was meant to be encrypted would not be',
    file: 'libs/config/src/values/check-redis-tls.ts',
    replace: [['if (url === undefined || url.tls) return;', 'return;']],
    suites: ['libs/config/src/load-config.spec.ts'],
  },
];
