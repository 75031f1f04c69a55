import type { JsonObject, JsonValue } from '#libs/kernel';
import type { PushCredential } from '../sockets/push-authenticator.js';

/**
 * How one kind of thing is looked at. An address names a thing together with what its holder presents,
 * so that looking at it is also asking whether it is theirs.
 */
export interface LiveSource<Address = unknown> {
  readonly kind: string;
  /**
   * False: whatever changes it voids a tag of the coherent log, which misses nothing. True: it is touched
   * by hints that may be lost, so it is looked at from time to time too.
   */
  readonly isSwept: boolean;
  /** In the order of the addresses; undefined for what is not there or not theirs. */
  look(addresses: readonly Address[]): Promise<readonly (JsonObject | undefined)[]>;
}

/** Something a client wants to watch. */
export interface LiveWish {
  readonly source: LiveSource;
  /** Within its kind. */
  readonly id: string;
  readonly address: unknown;
  /** What is touched (or voided) when it changes. */
  readonly topics: readonly string[];
}

/** Understands what clients ask to watch. */
export interface LiveWishes {
  /** Throws a `UserError` for what is no such request. */
  read(wanted: JsonValue, credential: PushCredential): Promise<readonly LiveWish[]>;
}

export const LIVE_WISHES = Symbol('LiveWishes');
