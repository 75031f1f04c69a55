import type { PortToken } from '../provide.js';
declare const version: unique symbol;

/**
 * Names one state of an entry. Opaque, and never given twice: not after the entry has expired or was
 * removed, and not when Redis was emptied or replaced. Equal versions are therefore the same value.
 */
export type SharedVersion = string & { readonly [version]: true };

/** What a put expects to find: this very state, or nothing. */
export type ExpectedVersion = SharedVersion | 'absent';

/** Where something is; keys are unique under the name of a region. */
export interface SharedAddress {
  readonly region: string;
  readonly key: string;
}

/** It could not be asked, or would not do it. What was asked may nevertheless have been done. */
interface Unavailable {
  readonly outcome: 'unavailable';
}

/** Something else is there than was expected: `version`, or nothing when undefined. */
interface Stale {
  readonly outcome: 'stale';
  readonly version?: SharedVersion;
}

export type ReadOutcome =
  | { readonly outcome: 'found'; readonly text: string; readonly version: SharedVersion }
  | { readonly outcome: 'absent' }
  | Unavailable;

export type PutOutcome =
  { readonly outcome: 'stored'; readonly version: SharedVersion } | Stale | Unavailable;

export type RemoveOutcome = { readonly outcome: 'removed' } | Stale | Unavailable;

export type TakeOutcome =
  | { readonly state: 'held'; readonly fence: number }
  | { readonly state: 'taken' }
  | { readonly state: 'unavailable' };

/** `lost`: it is not the asker's any more, and nothing was changed. */
export type ExtendOutcome = 'extended' | 'lost' | 'unavailable';
export type ReleaseOutcome = 'released' | 'lost' | 'unavailable';

export interface SharedWrite {
  readonly text: string;
  /** Given to the new state; the caller has made it up and uses it for nothing else. */
  readonly version: SharedVersion;
  readonly ttlMs: number;
  /** undefined: whatever is there. */
  readonly expected?: ExpectedVersion | undefined;
}

/** A text of a series; equal texts are one member. */
export interface SeriesMember {
  /** A safe integer. */
  readonly score: number;
  readonly text: string;
}

/**
 * Where the shared cache keeps texts, series and locks.
 *
 * Every method is one step that nothing comes between, settles in bounded time and never rejects: what
 * fails is `unavailable`. What lies at an address and was not put there by this port counts as nothing: it
 * is not found, does not stand in the way, and is replaced.
 */
export interface SharedStore {
  read(address: SharedAddress): Promise<ReadOutcome>;
  write(address: SharedAddress, write: SharedWrite): Promise<PutOutcome>;
  /** Also `removed` when nothing was there and nothing in particular was expected. */
  remove(address: SharedAddress, expected?: SharedVersion): Promise<RemoveOutcome>;
  /** At most `limit`, highest score first, among equals the text that sorts last; empty when there is none. */
  readSeries(address: SharedAddress, limit: number): Promise<readonly string[] | 'unavailable'>;
  /** Puts the members in the place of whatever is there. */
  writeSeries(
    address: SharedAddress,
    members: readonly SeriesMember[],
    ttlMs: number,
  ): Promise<'stored' | 'unavailable'>;
  /** Never waits: a lock that another owner holds is `taken`. The fence is greater than any before. */
  take(address: SharedAddress, owner: string, leaseMs: number): Promise<TakeOutcome>;
  /** The lease then lasts at least this long from now; it is never made shorter. */
  extend(address: SharedAddress, owner: string, leaseMs: number): Promise<ExtendOutcome>;
  release(address: SharedAddress, owner: string): Promise<ReleaseOutcome>;
}

export const SHARED_STORE: PortToken<SharedStore> = Symbol('SharedStore');
