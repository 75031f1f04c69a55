const findings = 'libs/fleet/src/doctor/findings.spec.ts';
const doctor = 'libs/fleet/src/doctor/doctor.spec.ts';
const machine = 'libs/fleet/src/doctor/machine-checks.ts';
const stores = 'libs/fleet/src/doctor/store-checks.ts';
const replicas = 'libs/fleet/src/doctor/replica-checks.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'doctor: any cache fits into any memory',
    promise: 'machineFindings: whether the machine gives what the configuration takes',
    file: machine,
    replace: [['if (memoryLimitBytes >= needed) return', 'if (needed > 0) return']],
    suites: [findings],
  },
  {
    name: 'doctor: a heap beyond the memory is fine',
    promise: 'machineFindings: whether the machine gives what the configuration takes',
    file: machine,
    replace: [['heapLimitBytes > memoryLimitBytes', 'heapLimitBytes > Infinity']],
    suites: [findings],
  },
  {
    name: 'doctor: a clock that is ahead is no matter',
    promise: 'clockFinding: how far the clock of the machine is from that of the database',
    file: stores,
    replace: [
      [
        'Math.abs(differenceMs) <= MAX_CLOCK_DIFFERENCE_MS',
        'differenceMs <= MAX_CLOCK_DIFFERENCE_MS',
      ],
    ],
    suites: [findings],
  },
  {
    name: 'doctor: Redis may evict',
    promise: 'redisFindings: the policy has to be noeviction',
    file: stores,
    replace: [["if (policy === 'noeviction') return", "if (policy !== '') return"]],
    suites: [findings],
  },
  {
    name: 'doctor: a newer schema is an older one',
    promise: 'schemaFinding: warns of what this version does not know',
    file: stores,
    replace: [['if (newer.length > 0) {', 'if (newer.length > 9) {']],
    suites: [findings],
  },
  {
    name: 'doctor: replicas that are gone are judged',
    promise: 'replicaFindings: what the replicas that are alive say',
    file: replicas,
    replace: [['records.filter(({ isAlive }) => isAlive)', 'records.filter(() => true)']],
    suites: [findings],
  },
  {
    name: 'doctor: a lease may have run out',
    promise: 'replicaFindings: following within the lease',
    file: replicas,
    replace: [['(status.leaseAgeMs ?? Infinity) > leaseMs', 'status.leaseAgeMs === null']],
    suites: [findings],
  },
  {
    name: 'doctor: an earlier reading of the clock is believed',
    promise: 'DatabaseState.clockDifferenceMs: undefined when it could not be read now',
    file: 'libs/database/src/opening/database-state.ts',
    replace: [['(await this.clock.read()) ? this', '(await this.clock.read(), true) ? this']],
    suites: [doctor],
  },
  {
    name: 'doctor: what does not answer is waited for',
    promise: 'Doctor.examine: takes a few seconds at most',
    file: 'libs/fleet/src/doctor/doctor.ts',
    replace: [['withDeadline(question(), ASK_TIMEOUT_MS, ', 'withDeadline(question(), 600_000, ']],
    suites: [doctor],
  },
  {
    name: 'doctor: the Redis of npm start has no bound',
    promise: 'SupervisedRedis: a bound for queues that only grow',
    file: 'tools/fleet/supervised-redis.ts',
    replace: [["['--maxmemory', MAX_MEMORY, '--maxmemory-policy'", "['--maxmemory-policy'"]],
    suites: ['tools/fleet/supervised-redis.int-spec.ts'],
  },
];
