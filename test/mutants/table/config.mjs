const loading = 'libs/config/src/load-config.spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'seed: a staff user without a password is passed over',
    promise:
      'seed: one of LOCKSTEP_STAFF_EMAIL and LOCKSTEP_STAFF_PASSWORD without the other ends it',
    file: 'tools/seed.ts',
    replace: [["if ((email === '') !== (password === '')) {", "if (email === '?') {"]],
    suites: ['test/e2e/first-staff-user.e2e-spec.ts'],
    needsBuild: true,
  },
  {
    name: 'config: a key that is set twice',
    promise: 'loadConfig: refuses a key that is set twice',
    file: 'libs/config/src/load-config.ts',
    replace: [['if (text !== undefined && path !== undefined) {', 'if (path === null) {']],
    suites: [loading],
  },
  {
    name: 'config: an empty key counts as absent',
    promise: 'docs/configuration.md: a variable that is set but empty is a problem',
    file: 'libs/config/src/load-config.ts',
    replace: [["if (text.trim() === '') {", 'if (text === null) {']],
    suites: [loading],
  },
  {
    name: 'config: a lease as short as the follow interval',
    promise: 'CACHE_LEASE_MS must be greater than CACHE_FOLLOW_INTERVAL_MS',
    file: 'libs/config/src/load-config.ts',
    replace: [['leaseMs <= intervalMs', 'leaseMs < 0']],
    suites: [loading],
    isQuick: true,
  },
  {
    name: 'config: a drain delay that leaves no time',
    promise: 'DRAIN_DELAY_MS must be less than SHUTDOWN_TIMEOUT_MS',
    file: 'libs/config/src/load-config.ts',
    replace: [['drainDelayMs >= shutdownTimeoutMs', 'drainDelayMs < 0']],
    suites: [loading],
  },
  {
    name: 'config: unready while the lease holds',
    promise: 'CACHE_MAX_STALE_MS must be at least CACHE_LEASE_MS',
    file: 'libs/config/src/load-config.ts',
    replace: [['maxStaleMs < leaseMs', 'maxStaleMs < 0']],
    suites: [loading],
  },
  {
    name: 'config: only the first problem is told',
    promise: 'loadConfig: every problem at once',
    file: 'libs/config/src/load-config.ts',
    replace: [
      [
        'throw new ConfigurationError(problems);',
        'throw new ConfigurationError(problems.slice(0, 1));',
      ],
    ],
    suites: [loading],
  },
  {
    name: 'config: white space of a secret file counts',
    promise: 'docs/configuration.md: white space around the content is ignored',
    file: 'libs/config/src/load-config.ts',
    replace: [['readFile(path).trim()', 'readFile(path)']],
    suites: [loading],
  },
  {
    name: 'config: a required key may be missing',
    promise: 'loadConfig: a key without a default is required',
    file: 'libs/config/src/load-config.ts',
    replace: [
      ['row.optional === undefined && !isReported(key, problems)', 'row.optional === null'],
    ],
    suites: [loading],
  },
  {
    name: 'config: anything is read from a file',
    promise: 'docs/configuration.md: keys marked secret can also be read from a file',
    file: 'libs/config/src/load-config.ts',
    replace: [
      [
        'row.secret === undefined ? undefined : environment[`${key}_FILE`]',
        'environment[`${key}_FILE`]',
      ],
    ],
    suites: [loading],
  },
  {
    name: 'config: the back office reads a copy',
    promise: 'DATABASE_COPY_URL: is for commerce only',
    file: 'libs/config/src/values/check-database-copy.ts',
    replace: [["if (role !== 'commerce') {", "if (role === 'none') {"]],
    suites: [loading],
  },
  {
    name: 'config: a copy of another kind',
    promise: 'DATABASE_COPY_URL: a copy is of the same kind',
    file: 'libs/config/src/values/check-database-copy.ts',
    replace: [['if (copy.kind !== primary.kind) {', "if (copy.kind === 'none') {"]],
    suites: [loading],
  },
  {
    name: 'config: a copy that is the database',
    promise: 'DATABASE_COPY_URL: names the same database as DATABASE_URL',
    file: 'libs/config/src/values/check-database-copy.ts',
    replace: [
      ['} else if (identity(copy) === identity(primary)) {', '} else if (copy === primary) {'],
    ],
    suites: [loading],
  },
  {
    name: 'config: a host in capitals is another database',
    promise: 'DATABASE_COPY_URL: names the same database as DATABASE_URL',
    file: 'libs/config/src/values/check-database-copy.ts',
    replace: [['url.host.toLowerCase()', 'url.host']],
    suites: [loading],
  },
  {
    name: 'config: a number may be anything JavaScript reads',
    promise: 'integer: a whole number',
    file: 'libs/config/src/values/value-schemas.ts',
    replace: [['!/^-?\\d+$/.test(text) || ', '']],
    suites: [loading],
  },
  {
    name: 'config: a number out of range',
    promise: 'integer: from min to max',
    file: 'libs/config/src/values/value-schemas.ts',
    replace: [
      [
        '!Number.isSafeInteger(value) || value < min || value > max) {\n      throw new Error(`must be a whole',
        '!Number.isSafeInteger(value)) {\n      throw new Error(`must be a whole',
      ],
    ],
    suites: [loading],
    isQuick: true,
  },
  {
    name: 'config: a MiB of a million bytes',
    promise: 'byteSize: binary units',
    file: 'libs/config/src/values/value-schemas.ts',
    replace: [["['mib', 1024 ** 2]", "['mib', 1000 ** 2]"]],
    suites: [loading],
  },
  {
    name: 'config: yes is false',
    promise: 'flag: true or false',
    file: 'libs/config/src/values/value-schemas.ts',
    replace: [["if (value !== 'true' && value !== 'false') {", "if (value === '') {"]],
    suites: [loading],
  },
  {
    name: 'config: an address with a path is an origin',
    promise: 'originList: an origin such as https://shop.example',
    file: 'libs/config/src/values/value-schemas.ts',
    replace: [['new URL(item).origin !== item.toLowerCase()', 'false']],
    suites: [loading],
  },
  {
    name: 'config: a name is an address',
    promise: 'addressList: an IP address or a range',
    file: 'libs/config/src/values/value-schemas.ts',
    replace: [['family === 0 || ', '']],
    suites: [loading],
  },
  {
    name: 'config: a range of more bits than there are',
    promise: 'addressList: an IP address or a range',
    file: 'libs/config/src/values/value-schemas.ts',
    replace: [['Number(bits) <= maxBits', 'Number(bits) <= 999']],
    suites: [loading],
  },
];
