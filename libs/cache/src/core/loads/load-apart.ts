import type { LoadContext } from './load.js';
import type { ReaderPolicy } from '../reading/reader-policy.js';

type Loader<Key, Value> = Pick<ReaderPolicy<Key, Value>, 'load' | 'loadMany'>;

/** Loads a value for one caller alone: it is not shared, not stored, and not counted. */
export async function loadApart<Key, Value>(
  policy: Loader<Key, Value>,
  key: Key,
  signal: AbortSignal,
): Promise<Value | undefined> {
  signal.throwIfAborted();
  return policy.load(key, contextOf(signal));
}

/** The same for several keys: with one query when the policy can, else one after the other. */
export async function loadManyApart<Key, Value>(
  policy: Loader<Key, Value>,
  keys: readonly Key[],
  signal: AbortSignal,
): Promise<readonly (Value | undefined)[]> {
  if (policy.loadMany !== undefined && keys.length > 1) {
    signal.throwIfAborted();
    const contexts = keys.map(() => contextOf(signal));
    return policy.loadMany(keys, contexts);
  }
  const values: (Value | undefined)[] = [];
  for (const key of keys) values.push(await loadApart(policy, key, signal));
  return values;
}

function contextOf(signal: AbortSignal): LoadContext {
  return { tag: () => undefined, readMemoryAt: () => undefined, signal };
}
