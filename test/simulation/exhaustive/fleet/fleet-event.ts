/** Which of the two replicas. */
export type ReplicaIndex = 0 | 1;

/** One step of an interleaving. */
export type FleetEvent =
  /** A request reads: a load begins, or is joined, or nothing of the kind. */
  | { readonly kind: 'ask'; readonly client: number }
  | {
      readonly kind: 'begin' | 'commit' | 'roll back' | 'learn' | 'never learn';
      readonly write: number;
    }
  /** The database looks at what a load or a follow asked for. */
  | { readonly kind: 'read'; readonly at: ReplicaIndex; readonly slot: number }
  /** What it saw comes back: the load is stored or not, the follow ends. Or a follow does not get through. */
  | { readonly kind: 'answer' | 'fail'; readonly at: ReplicaIndex; readonly slot: number }
  /** Redis takes the message and says so. */
  | { readonly kind: 'publish'; readonly at: ReplicaIndex; readonly slot: number }
  /** `message` is a place in what is on its way. */
  | { readonly kind: 'deliver' | 'lose' | 'duplicate'; readonly message: number }
  | { readonly kind: 'follow'; readonly at: ReplicaIndex }
  /** The time of a lease passes. */
  | { readonly kind: 'wait' };

export type FleetEventKind = FleetEvent['kind'];
