/**
 * The intervals and bounds of dispatching and running jobs, in milliseconds. One object for the
 * whole fleet: replicas with different leases would take over each other's jobs.
 */
export class JobsTiming {
  /** Between two looks at the outbox; the real wait is jittered by a quarter. */
  readonly sweepMs: number = 1_000;
  /** Rows claimed by a dispatcher that died are free again after this. */
  readonly claimMs: number = 30_000;
  /** Longest wait for one call to Redis. */
  readonly redisTimeoutMs: number = 2_000;
  /** Dispatched rows that nothing was heard of for this long are compared with Redis. */
  readonly recheckMs: number = 60_000;
  /** A run that does not renew its lease for this long has lost its job. */
  readonly leaseMs: number = 15_000;
  /** Between two looks at cancel requests and stolen leases. */
  readonly pollMs: number = 1_000;
  /** BullMQ's own lock and the interval in which it looks for lost locks. */
  readonly lockMs: number = 15_000;
  readonly stalledMs: number = 5_000;
  /** Least time between two stored and pushed progress values of a run. */
  readonly progressMs: number = 350;
  /** How long a handler may take to react to its abort signal. */
  readonly abortGraceMs: number = 5_000;
  /** Between two looks of the watchdog at the workers. */
  readonly watchdogMs: number = 10_000;
  /** A queue whose jobs wait this long while its worker is idle gets a new worker. */
  readonly stuckMs: number = 30_000;
  /** Workers announce the queues they serve this often; the announcement lives three times as long. */
  readonly announceMs: number = 5_000;

  constructor(overrides: Partial<JobsTiming> = {}) {
    Object.assign(this, overrides);
  }
}
