import { describe, expect, it } from '@jest/globals';
import type { ReplicaRecord } from '../replicas/replica-record.js';
import { replicaStatusSchema } from '../replicas/replica-record.js';
import type { Finding } from './finding.js';
import { machineFindings, type MachineFacts } from './machine-checks.js';
import { replicaFindings } from './replica-checks.js';
import { clockFinding, redisFindings, rowVersionsFinding, schemaFinding } from './store-checks.js';

const MIB = 1024 ** 2;
const healthy: MachineFacts = {
  memoryLimitBytes: 1024 * MIB,
  heapLimitBytes: 700 * MIB,
  cacheMaxBytes: 128 * MIB,
  recordMaxBytes: 128 * MIB,
  indexMaxBytes: 128 * MIB,
  openFiles: 65_536,
};
const bounds = { leaseMs: 2_000, maxCopyLagMs: 60_000 };
const fine =
  '# Memory\r\nused_memory:100\r\nmaxmemory:1000\r\nmaxmemory_policy:noeviction\r\nevicted_keys:0\r\n';

function replica(
  id: string,
  change: Partial<ReplicaRecord> = {},
  status: object = {},
): ReplicaRecord {
  const load = {
    cpuPercent: 1,
    eventLoopDelayMs: 1,
    requestsPerSecond: 1,
    p99Ms: 1,
    hits: 0,
    misses: 0,
    isReady: true,
  };
  return {
    id,
    role: 'commerce',
    version: '1.0.0',
    startedAt: 1,
    seenAt: 1,
    isAlive: true,
    status: replicaStatusSchema.parse({
      position: 1,
      lag: 0,
      leaseAgeMs: 100,
      isLogReachable: true,
      backplane: 'connected',
      clears: 0,
      hitRatio: null,
      readers: [],
      load,
      ...status,
    }),
    ...change,
  };
}

/** Every finding of one check; each that is not ok says what to do. */
function only(findings: readonly Finding[], check: string): Finding {
  const found = findings.filter((each) => each.check === check);
  expect(found).toHaveLength(1);
  const [finding] = found;
  if (finding === undefined) throw new Error(`there is no check ${check}`);
  expect(finding.advice === undefined).toBe(finding.status === 'ok');
  return finding;
}

const fleet = (records: readonly ReplicaRecord[], unreadable = 0) =>
  replicaFindings(records, unreadable, bounds);

describe('the checks of the doctor', () => {
  it('find nothing where nothing is wrong', () => {
    const findings = [
      ...machineFindings(healthy),
      clockFinding(-300),
      rowVersionsFinding('wal'),
      rowVersionsFinding('on'),
      schemaFinding(['a', 'b'], ['a', 'b']),
      ...redisFindings(fine),
      ...fleet([replica('one'), replica('two', { role: 'authoring' })]),
    ];
    expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(findings.length).toBeGreaterThan(12);
  });

  const machine = (change: Partial<MachineFacts>) => machineFindings({ ...healthy, ...change });
  const redis = (from: string, to: string) => redisFindings(fine.replace(from, to));

  it.each<[string, string, Finding['status'], () => readonly Finding[], string]>([
    [
      'memory',
      'a cache that the memory has no room for',
      'failed',
      () => machine({ cacheMaxBytes: 900 * MIB }),
      'lower CACHE_MAX_BYTES to 512 MiB',
    ],
    [
      'memory',
      'records that the memory has no room for',
      'failed',
      () => machine({ recordMaxBytes: 900 * MIB }),
      'or CACHE_RECORDS_MAX_BYTES, or SEARCH_INDEX_MAX_BYTES, or raise the memory limit to 1412 MiB',
    ],
    [
      'memory',
      'search indexes that the memory has no room for',
      'failed',
      () => machine({ indexMaxBytes: 900 * MIB }),
      'raise the memory limit to 1412 MiB',
    ],
    [
      'heap',
      'a heap that the cache does not fit into',
      'failed',
      () => machine({ heapLimitBytes: 200 * MIB }),
      '--max-old-space-size=384',
    ],
    [
      'heap',
      'a heap beyond the memory',
      'warning',
      () => machine({ heapLimitBytes: 4096 * MIB }),
      '--max-old-space-size=768',
    ],
    ['open files', 'few files', 'failed', () => machine({ openFiles: 1_023 }), 'ulimit -n'],
    ['clock', 'a clock that is ahead', 'warning', () => [clockFinding(-2_500)], 'chrony'],
    ['clock', 'a clock that is behind', 'warning', () => [clockFinding(2_500)], 'chrony'],
    [
      'clock',
      'a clock that nothing is known of',
      'warning',
      () => [clockFinding(undefined)],
      'database',
    ],
    [
      'readers beside writers',
      'a server without row versions',
      'failed',
      () => [rowVersionsFinding('off')],
      'READ_COMMITTED_SNAPSHOT ON',
    ],
    [
      'readers beside writers',
      'a journal that is not WAL',
      'failed',
      () => [rowVersionsFinding('delete')],
      'migration',
    ],
    [
      'readers beside writers',
      'a server that does not say',
      'warning',
      () => [rowVersionsFinding(null)],
      'sys.databases',
    ],
    ['schema', 'an older schema', 'failed', () => [schemaFinding(['a', 'b'], ['a'])], 'migrat'],
    ['schema', 'a newer schema', 'warning', () => [schemaFinding(['a'], ['a', 'c'])], 'roll'],
    [
      'redis policy',
      'a policy that evicts',
      'failed',
      () => redis('noeviction', 'allkeys-lru'),
      'noeviction',
    ],
    [
      'redis policy',
      'a policy that is not told',
      'failed',
      () => redis('maxmemory_policy', 'x'),
      'noeviction',
    ],
    [
      'redis eviction',
      'evicted keys',
      'failed',
      () => redis('evicted_keys:0', 'evicted_keys:3'),
      'more memory',
    ],
    [
      'redis memory',
      'a Redis that is nearly full',
      'warning',
      () => redis('used_memory:100', 'used_memory:900'),
      'maxmemory',
    ],
    [
      'redis memory',
      'a Redis without a limit',
      'warning',
      () => redis('maxmemory:1000', 'maxmemory:0'),
      'maxmemory',
    ],
    ['replicas', 'replicas of another language', 'warning', () => fleet([], 1), 'roll'],
    [
      'versions',
      'two versions',
      'warning',
      () => fleet([replica('a'), replica('b', { version: '2.0.0' })]),
      'roll',
    ],
    [
      'following',
      'a log that is not read',
      'failed',
      () => fleet([replica('a', {}, { isLogReachable: false })]),
      'database',
    ],
    [
      'following',
      'a lease that has run out',
      'failed',
      () => fleet([replica('a', {}, { leaseAgeMs: 2_001 })]),
      'database',
    ],
    [
      'copies',
      'a copy that lags',
      'failed',
      () => fleet([replica('a', {}, { copyLagMs: 60_001 })]),
      'replication',
    ],
    [
      'readiness',
      'a replica that is not ready',
      'warning',
      () => fleet([replica('a', {}, { load: { ...replica('a').status.load, isReady: false } })]),
      '/health/ready',
    ],
  ])('%s: finds %s', (check, _what, status, findings, advice) => {
    const finding = only(findings(), check);
    expect(finding.status).toBe(status);
    expect(finding.advice).toContain(advice);
  });

  it('say nothing of replicas that are gone', () => {
    const gone = replica('gone', { isAlive: false, version: '0.9.0' }, { isLogReachable: false });
    expect(fleet([replica('a'), gone]).filter(({ status }) => status !== 'ok')).toEqual([]);
  });
});
