import type { Commit } from '#libs/database';
import { composeCache } from '../../../libs/cache/src/compose-cache.js';
import type { CoherentCache } from '../../../libs/cache/src/coherent-cache.js';
import type { Backplane } from '../../../libs/cache/src/core/publishing/backplane.js';
import type { Coherence } from '../../../libs/cache/src/core/following/coherence.js';
import type { Follower } from '../../../libs/cache/src/core/following/follower.js';
import type { LogSource } from '../../../libs/cache/src/core/following/log-source.js';
import type { SampledEntry } from '../../../libs/cache/src/core/entries/sampled-entry.js';
import type { TurnClock } from '../../../libs/cache/src/core/time/turn-clock.js';
import { EntryVerifier } from '../../../libs/fleet/src/verification/entry-verifier.js';
import { SamplingVerifier } from '../../../libs/fleet/src/verification/sampling-verifier.js';
import type { FleetCoherence } from '../../../libs/cache/src/fleet-coherence.js';
import type { Agenda, Lane } from '../engine/agenda.js';
import type { Random } from '../engine/random.js';
import { LaneClock, LaneScheduler } from './lane-time.js';
import { sealOf } from './seals.js';
import type { Settings } from './settings.js';

export interface ReplicaSurroundings<Readers> {
  readonly agenda: Agenda;
  readonly lane: Lane;
  readonly random: Pick<Random, 'next' | 'between'>;
  readonly settings: Settings;
  readonly log: LogSource;
  readonly backplane: Backplane;
  /** Loads of this replica that may run at once. */
  readonly maxLoads: number;
  readonly createReaders: (cache: CoherentCache, follower: Follower) => Readers;
  /** Told of every invalidation that is applied: its tags, undefined for everything. */
  readonly onApplied: (tags: readonly string[] | undefined) => void;
  readonly onFollowed: () => void;
  /** The verifier says that an entry is not what the database holds. */
  readonly onDifferent: (entry: SampledEntry) => void;
}

/** More often than in production: a run lasts a few seconds. */
const VERIFICATIONS_PER_SECOND = 10;

const nothingCounted = { inc: (): void => undefined };

/** One process: the production cache, composed as in a replica, on simulated ports. */
export class Replica<Readers> {
  readonly coherence: Coherence;
  readonly follower: Follower;
  readonly cache: CoherentCache;
  readonly readers: Readers;
  readonly clock: TurnClock;
  readonly backplane: Backplane;
  private readonly fleet: FleetCoherence;
  private readonly verifier: SamplingVerifier;
  private readonly commitListeners: ((commit: Commit) => void)[] = [];

  constructor(readonly surroundings: ReplicaSurroundings<Readers>) {
    const { agenda, lane, settings, log, backplane, random } = surroundings;
    const scheduler = new LaneScheduler(agenda, lane);
    this.backplane = backplane;
    const composed = composeCache(
      {
        replicaId: lane.name,
        clock: new LaneClock(agenda, random.between(0, 1_000_000)),
        scheduler,
        random: () => random.next(),
        log,
        backplane,
        seal: sealOf(lane.name),
        writes: {
          // Simulated clients write and read apart from one another.
          isUnderWay: false,
          onCommit: (listener) => {
            this.commitListeners.push(listener);
            return () => undefined;
          },
        },
        logger: {
          info: (_fields, text) => agenda.note(`${lane.name}: ${text}`),
          warn: (_fields, text) => agenda.note(`${lane.name}: ${text}`),
        },
        counters: {
          received: nothingCounted,
          unknownMessages: nothingCounted,
          ignoredMessages: nothingCounted,
          backplaneSilences: nothingCounted,
        },
      },
      {
        ...settings,
        maxBytes: 1_000_000,
        maxLoads: surroundings.maxLoads,
        maxRecordBytes: 10_000_000,
      },
    );
    this.clock = composed.clock;
    this.coherence = composed.coherence;
    this.follower = composed.follower;
    this.cache = composed.cache;
    this.fleet = composed.fleet;
    this.reportApplied();
    const timing = { clock: this.clock, scheduler };
    this.verifier = new SamplingVerifier({
      cache: this.cache,
      verifier: new EntryVerifier(this.follower, timing),
      timing,
      random: () => random.next(),
      perSecond: VERIFICATIONS_PER_SECOND,
      onVerified: (entry, result) => {
        agenda.note(`${lane.name} verifies ${entry.region}:${entry.text}: ${result}`);
        if (result === 'different') surroundings.onDifferent(entry);
      },
    });
    this.readers = surroundings.createReaders(this.cache, this.follower);
  }

  get name(): string {
    return this.surroundings.lane.name;
  }

  start(): void {
    this.fleet.start();
    this.verifier.start();
  }

  /** The process is gone, with all that it was doing. */
  kill(): void {
    this.surroundings.lane.isAlive = false;
  }

  /** The database has confirmed a commit of this process. */
  committed(commit: Commit): void {
    for (const listener of this.commitListeners) listener(commit);
  }

  private reportApplied(): void {
    const { coherence, surroundings } = this;
    const apply = coherence.apply.bind(coherence);
    coherence.apply = (tags) => {
      surroundings.onApplied(tags);
      apply(tags);
    };
    const followed = coherence.followed.bind(coherence);
    coherence.followed = (sentAtMs) => {
      surroundings.onFollowed();
      followed(sentAtMs);
    };
    const applyEverything = coherence.applyEverything.bind(coherence);
    coherence.applyEverything = () => {
      surroundings.onApplied(undefined);
      applyEverything();
    };
  }
}
