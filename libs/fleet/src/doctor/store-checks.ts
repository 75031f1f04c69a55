import { failed, ok, warning, type Finding } from './finding.js';

const MAX_CLOCK_DIFFERENCE_MS = 2_000;
/** Of what Redis may have; beyond it jobs and messages are soon refused. */
const FULL_SHARE = 0.8;

/** How far the clock of the machine is from that of the database, which rules. */
export function clockFinding(differenceMs: number | undefined): Finding {
  const check = 'clock';
  const advice = 'let the machine follow a time server (chrony, systemd-timesyncd)';
  if (differenceMs === undefined) {
    return warning(
      check,
      'the clock of the database could not be read',
      'see the check of the database',
    );
  }
  const found = `${Math.round(Math.abs(differenceMs))} ms ${differenceMs < 0 ? 'ahead of' : 'behind'} the database`;
  if (Math.abs(differenceMs) <= MAX_CLOCK_DIFFERENCE_MS) return ok(check, found);
  return warning(
    check,
    found,
    `${advice}: leases and logs are judged with the time of the database, dates of logs are not`,
  );
}

/** What a database says of readers beside writers: `wal` of SQLite, on or off of SQL Server; null when it does not say. */
export function rowVersionsFinding(mode: string | null): Finding {
  const check = 'readers beside writers';
  if (mode === 'wal' || mode === 'on')
    return ok(check, mode === 'wal' ? 'WAL' : 'READ_COMMITTED_SNAPSHOT is on');
  if (mode === null) {
    return warning(
      check,
      'the server does not say',
      'let a login that may see sys.databases look: is_read_committed_snapshot_on',
    );
  }
  return failed(
    check,
    mode === 'off' ? 'READ_COMMITTED_SNAPSHOT is off' : `the journal of SQLite is ${mode}, not wal`,
    mode === 'off'
      ? 'ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE'
      : 'run the migration again, which sets it: readers wait for writers until then',
  );
}

/** Migrations that this version needs, against those that the database has had. */
export function schemaFinding(needed: readonly string[], present: readonly string[]): Finding {
  const missing = needed.filter((name) => !present.includes(name));
  const newer = present.filter((name) => !needed.includes(name));
  if (missing.length > 0) {
    return failed(
      'schema',
      `lacks ${missing.join(', ')}`,
      'run the migration of this version (`docker compose run --rm migrate`, `npm start`); replicas do not start before',
    );
  }
  if (newer.length > 0) {
    return warning(
      'schema',
      `has ${newer.join(', ')}, which this version does not know`,
      'finish the roll to the newer version, or stay: migrations only add',
    );
  }
  return ok('schema', `all ${needed.length} migrations`);
}

/** What `INFO` of Redis says. */
export function redisFindings(info: string): Finding[] {
  const facts = new Map(
    info.split(/\r?\n/).flatMap((line): [string, string][] => {
      const at = line.indexOf(':');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : [];
    }),
  );
  return [policyFinding(facts), evictionFinding(facts), fillFinding(facts)];
}

type RedisFacts = ReadonlyMap<string, string>;

function policyFinding(facts: RedisFacts): Finding {
  const policy = facts.get('maxmemory_policy') ?? 'unknown';
  if (policy === 'noeviction') return ok('redis policy', policy);
  return failed(
    'redis policy',
    policy,
    'set `maxmemory-policy noeviction` in redis.conf: otherwise jobs vanish when it is full',
  );
}

function evictionFinding(facts: RedisFacts): Finding {
  const evicted = Number(facts.get('evicted_keys') ?? 0);
  if (evicted === 0) return ok('redis eviction', 'nothing was evicted');
  return failed(
    'redis eviction',
    `${evicted} keys were evicted`,
    'set `maxmemory-policy noeviction` and give Redis more memory; jobs come back from SQL by themselves',
  );
}

function fillFinding(facts: RedisFacts): Finding {
  const used = Number(facts.get('used_memory') ?? 0);
  const most = Number(facts.get('maxmemory') ?? 0);
  if (most === 0) {
    return warning(
      'redis memory',
      'maxmemory is not set',
      'set `maxmemory` to half of what its machine or container has',
    );
  }
  const found = `${Math.round((used / most) * 100)} % of maxmemory`;
  if (used <= most * FULL_SHARE) return ok('redis memory', found);
  return warning(
    'redis memory',
    found,
    'look for queues that only grow (`GET /api/v1/jobs`), or raise `maxmemory`',
  );
}
