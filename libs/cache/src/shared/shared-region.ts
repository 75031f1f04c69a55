import type { z } from 'zod';
import { newId } from '#libs/kernel';
import { cacheErrors } from '../cache.errors.js';
import {
  checkedDurationMs,
  type SharedEnvironment,
  type SharedOperation,
  type SharedResult,
} from './shared-environment.js';
import { takeLock, type LockOutcome } from './take-lock.js';
import type {
  ExpectedVersion,
  PutOutcome,
  RemoveOutcome,
  SharedAddress,
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

const DEFAULT_TTL_MS = 48 * 3_600_000;
const DEFAULT_MAX_BYTES = 64 * 1024;

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
  lock(key: string, { leaseMs }: { readonly leaseMs: number }): Promise<LockOutcome> {
    return takeLock(this.environment, this.address(key), leaseMs);
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

/** undefined, which fits no schema of a shared value, for what is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // No replica wrote it.
  }
}
