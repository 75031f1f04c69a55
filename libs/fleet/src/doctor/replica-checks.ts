import type { ReplicaRecord } from '../replicas/replica-record.js';
import { failed, ok, warning, type Finding } from './finding.js';

export interface FleetBounds {
  readonly leaseMs: number;
  readonly maxCopyLagMs: number;
}

/** What the replicas that are alive say of themselves. */
export function replicaFindings(
  records: readonly ReplicaRecord[],
  unreadable: number,
  bounds: FleetBounds,
): Finding[] {
  const alive = records.filter(({ isAlive }) => isAlive);
  return [
    readableFinding(unreadable),
    versionFinding(alive),
    lagFinding(alive, bounds),
    copyFinding(alive, bounds),
    readinessFinding(alive),
  ];
}

function readableFinding(unreadable: number): Finding {
  if (unreadable === 0) return ok('replicas', 'all can be read');
  return warning(
    'replicas',
    `${unreadable} say of themselves what this version cannot read`,
    'finish the roll to one version',
  );
}

function versionFinding(alive: readonly ReplicaRecord[]): Finding {
  const versions = [...new Set(alive.map(({ version }) => version))].sort();
  if (versions.length <= 1) return ok('versions', versions[0] ?? 'no replica is alive');
  return warning(
    'versions',
    versions.join(', '),
    'finish the roll, or go back: two versions work together, but not for ever',
  );
}

function lagFinding(alive: readonly ReplicaRecord[], { leaseMs }: FleetBounds): Finding {
  const late = alive.filter(
    ({ status }) => !status.isLogReachable || (status.leaseAgeMs ?? Infinity) > leaseMs,
  );
  if (late.length === 0) return ok('following', 'every replica follows the log within its lease');
  return failed(
    'following',
    `${names(late)} cannot read the log within the lease`,
    'look whether these reach the database, and how busy it is: reads are loaded anew until then',
  );
}

function copyFinding(alive: readonly ReplicaRecord[], { maxCopyLagMs }: FleetBounds): Finding {
  const late = alive.filter(({ status }) => (status.copyLagMs ?? 0) > maxCopyLagMs);
  if (late.length === 0) return ok('copies', `none lags by more than ${maxCopyLagMs} ms`);
  return failed(
    'copies',
    `the copy of ${names(late)} lags`,
    'look at the replication to that site; `/health/site` takes it out of the traffic meanwhile',
  );
}

function readinessFinding(alive: readonly ReplicaRecord[]): Finding {
  const unready = alive.filter(({ status }) => status.load?.isReady === false);
  if (unready.length === 0)
    return ok('readiness', `${alive.length} replicas are alive, none says that it is not ready`);
  return warning(
    'readiness',
    `${names(unready)} not ready`,
    'ask their /health/ready which check is down',
  );
}

const names = (records: readonly ReplicaRecord[]) => records.map(({ id }) => id).join(', ');
