const meter = 'libs/limits/src/meter.ts';
const requests = 'libs/limits/src/request-limits.ts';
const hooks = 'libs/http/src/limits/limit-hooks.ts';
const units = ['libs/limits/src/meter.spec.ts'];
const measures = ['libs/limits/src/request-limits.spec.ts'];
const fleet = ['libs/limits/src/limits.int-spec.ts'];

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'limits: what the fleet has forgotten a replica forgets too',
    promise: 'Meter.learn: it only ever raises the level',
    file: meter,
    replace: [['this.level = Math.max(this.level, known);', 'this.level = known;']],
    suites: units,
    isQuick: true,
  },
  {
    name: 'limits: a forged level shuts a client out for ever',
    promise: 'Meter: debts are no larger than two quotas',
    file: meter,
    replace: [['Math.min(fleetLevel, MAX_QUOTAS * this.quota)', 'fleetLevel']],
    suites: units,
    isQuick: true,
  },
  {
    name: 'limits: nothing leaks out',
    promise: 'Meter: a vessel that leaks a quota per window',
    file: meter,
    replace: [['Math.max(0, this.level - (nowMs - this.atMs) / this.msPerRequest)', 'this.level']],
    suites: units,
    isQuick: true,
  },
  {
    name: 'limits: a request is told twice',
    promise: 'Meter.tell: it counts as told',
    file: meter,
    replace: [['    this.untold = 0;\n', '']],
    suites: units,
    isQuick: true,
  },
  {
    name: 'limits: clients are held without end',
    promise: 'ClientMeters: memory of a bounded size',
    file: 'libs/limits/src/client-meters.ts',
    replace: [['    if (this.meters.size > this.options.maxClients) this.forgetOldest();\n', '']],
    suites: ['libs/limits/src/client-meters.spec.ts'],
    isQuick: true,
  },
  {
    name: 'limits: a refused request counts against the other measures',
    promise: 'ClientMeters.take: against all of its measures, or against none',
    file: 'libs/limits/src/client-meters.ts',
    replace: [
      [
        '      if (!meter.hasRoom) return { isAdmitted: false, meter };\n',
        '      if (!meter.hasRoom) return { isAdmitted: false, meter };\n      meter.take();\n',
      ],
    ],
    suites: ['libs/limits/src/client-meters.spec.ts'],
    isQuick: true,
  },
  {
    name: 'limits: an invented credential is a new client without end',
    promise: 'RequestLimits: inventing credentials gains no more than ten quotas',
    file: requests,
    replace: [
      ["    { key: keyOf(name, 'network', network), quota: quota * NETWORK_FACTOR },\n", ''],
    ],
    suites: measures,
    isQuick: true,
  },
  {
    name: 'limits: a refused network makes a replica forget other clients',
    promise: 'ClientMeters.take: what stands behind a full measure takes no memory',
    file: requests,
    replace: [
      ['    { key: own, quota },\n  ];', '  ];'],
      [
        "  return [\n    { key: keyOf(name, 'network'",
        "  return [\n    { key: own, quota },\n    { key: keyOf(name, 'network'",
      ],
    ],
    suites: measures,
    isQuick: true,
  },
  {
    name: 'limits: an IPv6 user is as many clients as it has addresses',
    promise: 'clientNetwork: a /64 counts as one',
    file: requests,
    replace: [['const network = clientNetwork(address);', 'const network = address;']],
    suites: measures,
    isQuick: true,
  },
  {
    name: 'limits: invented credentials sign in without end',
    promise: 'RequestLimits: signing in counts for the network whatever is sent',
    file: requests,
    replace: [["credential === undefined || name === 'sign-in'", 'credential === undefined']],
    suites: measures,
    isQuick: true,
  },
  {
    name: 'limits: replicas do not tell each other',
    promise: 'LimitReporter: keeps the meters of the replicas together',
    file: 'libs/limits/src/limits.module.ts',
    replace: [['onAdmitted: () => reporter.wake(),', 'onAdmitted: () => undefined,']],
    suites: fleet,
  },
  {
    name: 'limits: what others have let through is not learnt',
    promise: 'LimitReporter: learns the levels of the fleet',
    file: 'libs/limits/src/limit-reporter.ts',
    replace: [['meters.learn(shares, await add(shares));', 'await add(shares);']],
    suites: fleet,
  },
  {
    name: 'limits: a lost report ends the reporting',
    promise: 'LimitReporter: a report that is lost is not sent again, the next is',
    file: 'libs/limits/src/limit-reporter.ts',
    replace: [["      onReport('lost');\n", "      onReport('lost');\n      return;\n"]],
    suites: fleet,
  },
  {
    name: 'limits: a level from the future is believed',
    promise: 'FleetLevels: what lies in the future counts as none',
    file: 'libs/limits/src/fleet-levels.ts',
    replace: [['  if atMs > nowMs then level = 0 end\n', '']],
    suites: fleet,
  },
  {
    name: 'limits: levels stay in Redis for ever',
    promise: 'FleetLevels: gone by itself when it has leaked out',
    file: 'libs/limits/src/fleet-levels.ts',
    replace: [[", nowMs), 'PX', lifeMs)", ', nowMs))']],
    suites: fleet,
  },
  {
    name: 'limits: an answer that is stored tells how much its first client had left',
    promise: 'LimitHooks: an answer that is stored is the same for every client',
    file: hooks,
    replace: [
      ['verdict !== undefined && config.lockstepOutput === undefined', 'verdict !== undefined'],
    ],
    suites: ['apps/commerce/src/catalog/search-box.int-spec.ts'],
  },
  {
    name: 'limits: pages that do not exist are not counted',
    promise: 'LimitHooks: whoever asks for what is not there asks for pages',
    file: hooks,
    replace: [['request.is404 ? OF_NO_ROUTE : config.lockstepLimit', 'config.lockstepLimit']],
    suites: fleet,
  },
];
