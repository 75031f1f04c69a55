import {
  decide,
  MetricHistory,
  NO_MEMORY,
  type ScalingMemory,
  type ScalingRules,
} from '#libs/scaling';
import type { LoadCurve } from './load-curves.js';

const STEP_MS = 30_000;
const HOUR_MS = 3_600_000;
/** What one request takes on a replica that is idle. */
const BASE_P99_MS = 20;
const TIMEOUT_MS = 5_000;

export interface SimulationOptions {
  readonly curve: LoadCurve;
  readonly startAt: number;
  readonly peakPerSecond: number;
  /** Requests per second that one replica can answer. */
  readonly capacityPerSecond: number;
  /** Until a replica that was started answers its first request. */
  readonly startsInMs: number;
  readonly initialReplicas: number;
}

export interface SimulationResult {
  /** What was paid for: replicas count from when they are started. */
  readonly replicaHours: number;
  readonly mostReplicas: number;
  readonly fewestReplicas: number;
  /** Time in which more was asked for than could be answered. */
  readonly overloadMinutes: number;
  /** Of all requests, what came on top of what could be answered. */
  readonly unansweredShare: number;
  readonly increases: number;
  readonly decreases: number;
  readonly settingChanges: number;
}

/** Lets rules run commerce through a day of load. Deterministic: neither clock nor chance enters it. */
export function simulate(rules: ScalingRules, options: SimulationOptions): SimulationResult {
  const { curve, startAt, peakPerSecond, capacityPerSecond } = options;
  const startsInMs = curve.startsInMs ?? options.startsInMs;
  const history = new MetricHistory();
  const settings = new Map<string, boolean>();
  let memory: ScalingMemory = NO_MEMORY;
  /** When each replica began to start. */
  let replicas = Array.from({ length: options.initialReplicas }, () => startAt - startsInMs);
  const counts = { most: 0, fewest: Infinity, overloadMs: 0, asked: 0, unanswered: 0 };
  const changes = { paidMs: 0, increases: 0, decreases: 0, settings: 0 };
  for (let sinceMs = 0; sinceMs < curve.lastsMs; sinceMs += STEP_MS) {
    const now = startAt + sinceMs;
    const ready = replicas.filter((since) => now - since >= startsInMs).length;
    const load = peakPerSecond * curve.shareAt(sinceMs);
    const use = load / Math.max(1, ready * capacityPerSecond);
    for (const [metric, value] of Object.entries(measure(load, use, ready))) {
      history.add({ at: now, role: 'commerce', metric, value });
    }
    history.forget(now - HOUR_MS);
    counts.asked += load;
    counts.unanswered += Math.max(0, load - ready * capacityPerSecond);
    if (use > 1) counts.overloadMs += STEP_MS;
    changes.paidMs += replicas.length * STEP_MS;
    const decision = decide(rules, {
      now,
      history,
      roles: new Map([['commerce', { current: replicas.length, alive: replicas.length, ready }]]),
      settings,
      memory,
    });
    memory = decision.memory;
    for (const { setting, isOn } of decision.settings) settings.set(setting, isOn);
    changes.settings += decision.settings.length;
    const wanted = decision.roles[0]?.desired ?? replicas.length;
    if (wanted > replicas.length) changes.increases += 1;
    if (wanted < replicas.length) changes.decreases += 1;
    replicas = resize(replicas, wanted, now);
    counts.most = Math.max(counts.most, replicas.length);
    counts.fewest = Math.min(counts.fewest, replicas.length);
  }
  return {
    replicaHours: changes.paidMs / HOUR_MS,
    mostReplicas: counts.most,
    fewestReplicas: counts.fewest,
    overloadMinutes: counts.overloadMs / 60_000,
    unansweredShare: counts.unanswered / counts.asked,
    increases: changes.increases,
    decreases: changes.decreases,
    settingChanges: changes.settings,
  };
}

/** What replicas would report: a queue grows without bound as they come close to what they can do. */
function measure(load: number, use: number, ready: number): Record<string, number> {
  const waiting = use >= 1 ? TIMEOUT_MS : Math.min(TIMEOUT_MS, BASE_P99_MS / (1 - use));
  return {
    cpu: Math.min(1, use) * 100,
    requestsPerSecond: Math.min(load, load / Math.max(use, 1)),
    p99: waiting,
    eventLoopDelay: waiting / 4,
    readyReplicas: ready,
    jobQueueLength: 0,
    jobQueueAge: 0,
    cacheMissRatio: 0.02,
  };
}

/** The platform stops the newest first, as compose and Kubernetes tend to. */
function resize(replicas: readonly number[], wanted: number, now: number): number[] {
  const added = Math.max(0, wanted - replicas.length);
  return [...replicas.slice(0, wanted), ...Array.from({ length: added }, () => now)];
}
