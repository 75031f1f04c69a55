import { Injectable } from '@nestjs/common';
import { JobBacklog } from '#authoring/jobs';
import { ReplicaList, type ReplicaRecord } from '#libs/fleet';
import type { RoleNow } from '../../model/deciding/decision.js';
import type { MetricSample } from '../../model/deciding/metric-history.js';
import { SCALED_ROLES, type ScaledRole } from '../../model/rules/scaling-rules.js';

type ReplicaLoad = NonNullable<ReplicaRecord['status']['load']>;

/** The fleet at one moment. */
export interface FleetMeasurement {
  readonly samples: readonly MetricSample[];
  readonly roles: ReadonlyMap<ScaledRole, Omit<RoleNow, 'current'>>;
}

/** Makes measurements of roles from what each replica says of itself, and from the jobs that wait. */
@Injectable()
export class FleetMeasurements {
  constructor(
    private readonly replicas: ReplicaList,
    private readonly backlog: JobBacklog,
  ) {}

  async take(now: number): Promise<FleetMeasurement> {
    const [replicas, { dueJobs, oldestDueMs }] = await Promise.all([
      this.replicas.list(),
      this.backlog.measure(now),
    ]);
    const alive = replicas.filter(({ isAlive }) => isAlive);
    const ofRole = (role: ScaledRole) => alive.filter((replica) => replica.role === role);
    const jobs = { jobQueueLength: dueJobs, jobQueueAge: oldestDueMs / 1_000 };
    return {
      samples: SCALED_ROLES.flatMap((role) => {
        const values = { ...valuesOf(ofRole(role)), ...jobs };
        return Object.entries(values).map(([metric, value]) => ({ at: now, role, metric, value }));
      }),
      roles: new Map(
        SCALED_ROLES.map((role) => {
          const there = ofRole(role);
          return [role, { alive: there.length, ready: readyIn(there) }];
        }),
      ),
    };
  }
}

function readyIn(replicas: readonly ReplicaRecord[]): number {
  return replicas.filter(({ status }) => status.load?.isReady === true).length;
}

/** Only what was measured: a role none of whose replicas reports has no value, and rules about it freeze. */
function valuesOf(replicas: readonly ReplicaRecord[]): Record<string, number> {
  const loads = replicas.flatMap(({ status }) => (status.load === null ? [] : [status.load]));
  if (loads.length === 0) return {};
  const all = (pick: (load: ReplicaLoad) => number) => loads.map(pick);
  const reads = sum(all(({ hits, misses }) => hits + misses));
  return {
    cpu: sum(all(({ cpuPercent }) => cpuPercent)) / loads.length,
    eventLoopDelay: Math.max(...all(({ eventLoopDelayMs }) => eventLoopDelayMs)),
    requestsPerSecond: sum(all(({ requestsPerSecond }) => requestsPerSecond)),
    p99: Math.max(...all(({ p99Ms }) => p99Ms)),
    ...(reads > 0 ? { cacheMissRatio: sum(all(({ misses }) => misses)) / reads } : {}),
    readyReplicas: readyIn(replicas),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
