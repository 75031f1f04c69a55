import type { MaybePromise } from '#libs/kernel';

/** Goes on with a value at once when it is there already, so that a chain of cache hits stays synchronous. */
export function afterValue<T, U>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<U>,
): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
