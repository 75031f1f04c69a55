import type { RowName } from '../../world/settings.js';
import type { ReaderName } from '../../world/simulated-readers.js';

export const REPLICAS = ['A', 'B'] as const;
export type ReplicaName = (typeof REPLICAS)[number];

/** A request that reads. */
export interface Ask {
  readonly reader: ReaderName;
  /** Several are asked for with one call. */
  readonly rows: readonly [RowName, ...RowName[]];
  /** The write whose position token the request carries. */
  readonly after?: string;
}

/** Asks on one replica, one after the other, without waiting for answers. */
export interface Client {
  readonly at: ReplicaName;
  readonly asks: readonly Ask[];
}

/** A unit of work: takes the locks of its rows and a position, then commits or rolls back. */
export interface Write {
  readonly name: string;
  readonly at: ReplicaName;
  readonly rows: readonly RowName[];
  readonly ends: 'commits' | 'rolls back' | 'either';
  /** Whether its process learns that it has committed, and announces it. Default: always. */
  readonly learns?: 'always' | 'maybe' | 'never';
}

/**
 * A small world whose every interleaving is explored. What is not mentioned does not happen, except that
 * a message may always be lost.
 */
export interface Scenario {
  readonly name: string;
  readonly clients: readonly Client[];
  readonly writes: readonly Write[];
  /** How many follows each replica begins by itself; those on behalf of readers come on top. */
  readonly follows?: Readonly<Partial<Record<ReplicaName, number>>>;
  /** Messages that may get lost. Default: all. */
  readonly losses?: number;
  /** Messages that may be delivered twice. */
  readonly duplicates?: number;
  /** How often the time of a lease passes. */
  readonly leases?: number;
  /** Follows that may fail because the log is away. */
  readonly failedFollows?: number;
  /** Redis delivers what a replica publishes to itself as well. */
  readonly isEchoing?: boolean;
  /** Replica B hears a message of a release it does not know, or of a position that is committed later. */
  readonly stranger?: 'another release' | 'restored copy';
  /** It takes seconds by itself: `npm run sim -- --exhaustive` explores it, `npm test` leaves it out. */
  readonly isLong?: true;
  /** Fewer interleavings than this, and the scenario has lost its meaning. */
  readonly atLeast: bigint;
}
