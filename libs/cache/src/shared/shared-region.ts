import type { z } from 'zod';
import { newId, type Clock } from '#libs/kernel';
import { cacheErrors } from '../cache.errors.js';
import { SharedLock } from './shared-lock.js';
import type {
  ExpectedVersion,
  PutOutcome,
  RemoveOutcome,
  SharedAddress,
  SharedStore,
  SharedVersion,
} from './shared-store.js';

/** What JSON can hold; what it cannot (undefined, functions) never comes back. */
export type SharedValue = object | string | number | boolean | null;

export interface SharedRegionOptions<Value extends SharedValue> {
  /** Lower-case letters, digits, dots and hyphens; unique in a process, the same in all replicas. */
  readonly name: string;
  /**
   * What a value is read through. What does not fit is a miss; so a schema that changes such that the
   * releases do not understand each other gets a new name.
   */
  readonly schema: z.ZodType<Value>;
  /** Life of an entry after it was put. Default: 48 h. */
  readonly ttlMs?: number;
  /** Of one value as JSON in UTF-8. Default: 64 KiB. */
  readonly maxBytes?: number;
}

export interface SharedEntry<Value> {
  readonly value: Value;
  readonly version: SharedVersion;
}

export interface PutOptions {
  /** Put only if this is what is there; without it, whatever is there is replaced. */
  readonly version?: ExpectedVersion;
  /** Life of this entry, when it is not that of the region. */
  readonly ttlMs?: number;
}

export type LockOutcome =
  | { readonly state: 'held'; readonly lock: SharedLock }
  | { readonly state: 'taken' }
  | { readonly state: 'unavailable' };

export type SharedOperation = 'get' | 'put' | 'remove' | 'lock' | 'extend' | 'release';

/** `unfit`: something is there that this release does not understand; a miss. */
export type SharedResult =
  | 'hit'
  | 'miss'
  | 'unfit'
  | 'unavailable'
  | 'stored'
  | 'stale'
  | 'removed'
  | 'held'
  | 'taken'
  | 'extended'
  | 'released'
  | 'lost';

export interface SharedEnvironment {
  readonly store: SharedStore;
  readonly clock: Clock;
  readonly onResult?: (region: string, operation: SharedOperation, result: SharedResult) => void;
}

const DEFAULT_TTL_MS = 48 * 3_600_000;
const DEFAULT_MAX_BYTES = 64 * 1024;
const MAX_DURATION_MS = 365 * 24 * 3_600_000;

/**
 * Values of one kind and the locks on their keys, shared by all replicas.
 *
 * Every failure is a miss: `get` answers undefined, the others `unavailable`, at once or within the command
 * timeout of Redis, and nothing is thrown for it. An operation that was unavailable may have been carried out
 * all the same, or be carried out a little later; a put with a version does no harm then. What is here may
 * be gone at any moment: the truth is elsewhere.
 *
 * Keys are written to Redis as they are (never to logs or metrics): use a hash of what is a secret.
 */
export class SharedRegion<Value extends SharedValue> {
  constructor(
    private readonly options: SharedRegionOptions<Value>,
    private readonly environment: SharedEnvironment,
  ) {}

  async get(key: string): Promise<SharedEntry<Value> | undefined> {
    const read = await this.environment.store.read(this.address(key));
    if (read.outcome !== 'found') {
      this.count('get', read.outcome === 'absent' ? 'miss' : 'unavailable');
      return undefined;
    }
    const decoded = this.options.schema.safeParse(parseJson(read.text));
    this.count('get', decoded.success ? 'hit' : 'unfit');
    return decoded.success ? { value: decoded.data, version: read.version } : undefined;
  }

  /**
   * Stores a value, if what is there is what `version` says. Of several that expect the same version one is
   * stored; the others are `stale` and told what is there now. Throws `cache.shared-value-too-large`
   * before anything is sent.
   */
  async put(key: string, value: Value, options: PutOptions = {}): Promise<PutOutcome> {
    const { name, ttlMs = DEFAULT_TTL_MS } = this.options;
    const outcome = await this.environment.store.write(this.address(key), {
      text: this.encode(value),
      version: newId() as SharedVersion,
      ttlMs: checkedDurationMs(name, options.ttlMs ?? ttlMs),
      expected: options.version,
    });
    this.count('put', outcome.outcome);
    return outcome;
  }

  /** Removes what is there, if it is what `version` says; `removed` too when nothing was there. */
  async remove(
    key: string,
    options: { readonly version?: SharedVersion } = {},
  ): Promise<RemoveOutcome> {
    const outcome = await this.environment.store.remove(this.address(key), options.version);
    this.count('remove', outcome.outcome);
    return outcome;
  }

  /**
   * Takes the lock of a key, which is apart from its entry. Never waits and never tries again: who comes
   * second is told `taken` at once. A holder that does not come back is rid of it when the lease ends.
   */
  async lock(key: string, { leaseMs }: { readonly leaseMs: number }): Promise<LockOutcome> {
    const { store, clock } = this.environment;
    const { name } = this.options;
    const address = this.address(key);
    const owner = newId();
    checkedDurationMs(name, leaseMs);
    const takenAtMs = clock.monotonicMs();
    const outcome = await store.take(address, owner, leaseMs);
    this.count('lock', outcome.state);
    if (outcome.state !== 'held') return outcome;
    const lock = new SharedLock({
      fence: outcome.fence,
      clock,
      takenAtMs,
      leaseMs,
      extend: async (ms) => {
        const extended = await store.extend(address, owner, checkedDurationMs(name, ms));
        this.count('extend', extended);
        return extended;
      },
      release: async () => {
        const released = await store.release(address, owner);
        this.count('release', released);
        return released;
      },
    });
    return { state: 'held', lock };
  }

  private address(key: string): SharedAddress {
    return { region: this.options.name, key };
  }

  private encode(value: Value): string {
    const { name, maxBytes = DEFAULT_MAX_BYTES } = this.options;
    const text = JSON.stringify(value);
    const bytes = Buffer.byteLength(text);
    if (bytes <= maxBytes) return text;
    throw cacheErrors.sharedValueTooLarge({
      message: `a value of ${bytes} bytes is too large for the shared region "${name}" (${maxBytes})`,
      details: { region: name, bytes, maxBytes },
    });
  }

  private count(operation: SharedOperation, result: SharedResult): void {
    this.environment.onResult?.(this.options.name, operation, result);
  }
}

/** Throws `cache.shared-duration-invalid`. */
export function checkedDurationMs(region: string, ms: number): number {
  if (Number.isSafeInteger(ms) && ms > 0 && ms <= MAX_DURATION_MS) return ms;
  throw cacheErrors.sharedDurationInvalid({
    message: `${ms} ms given to the shared region "${region}" are not a whole number of up to a year`,
    details: { region, ms },
  });
}

/** undefined, which fits no schema of a shared value, for what is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // No replica wrote it.
  }
}
